// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock for measuring waits. A change of the machine's system time does not affect it, so a wait measured with it is neither cut short nor endless.
 * Its instants are not times of day. Thread-safe.
 */
public final class MonotonicClock extends Clock {

    /** The single instance. */
    public static final Clock INSTANCE = new MonotonicClock();

    private final long startNanos = System.nanoTime();

    private MonotonicClock() {}

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(System.nanoTime() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Returns this clock: a clock without times of day has no time zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
