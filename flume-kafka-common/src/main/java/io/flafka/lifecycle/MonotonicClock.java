// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock for waits: it runs on evenly when somebody sets the machine's time, so a wait that it bounds is neither skipped nor endless. It does not tell
 * the time of day. Thread-safe.
 */
public final class MonotonicClock extends Clock {

    /** The only one. */
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

    /** This clock: without a time of day it has no time zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
