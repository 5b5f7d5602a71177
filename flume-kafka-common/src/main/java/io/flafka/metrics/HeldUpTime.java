// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Adds up the time in which something fails, until now. It stops growing some time after the last attempt: nobody may try again, for example because
 * the component was stopped. Thread-safe.
 */
public final class HeldUpTime {

    /** Longer than the pauses of Flume's runners between two attempts, by default. */
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private volatile boolean isFailing;
    private long lastNanos;
    private long sumNanos;

    /** Declares the sum as an attribute, in milliseconds. */
    public HeldUpTime(MetricGroup group, String name, String text) {
        this(group, name, text, System::nanoTime);
    }

    HeldUpTime(MetricGroup group, String name, String text, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        group.count(name, text, this::millis);
        group.onReset(this::reset);
    }

    /** Notes an attempt that has failed. */
    public synchronized void onFailure() {
        addTimeSinceLastFailure();
        lastNanos = nanoTime.getAsLong();
        isFailing = true;
    }

    /** Notes an attempt that has succeeded. Costs nothing without a failure before it, so it can be called after each. */
    public void onSuccess() {
        if (isFailing) {
            end();
        }
    }

    private synchronized void end() {
        addTimeSinceLastFailure();
        isFailing = false;
    }

    private void addTimeSinceLastFailure() {
        if (isFailing) {
            sumNanos += nanoTime.getAsLong() - lastNanos;
        }
    }

    private synchronized void reset() {
        sumNanos = 0;
        isFailing = false;
    }

    private synchronized long millis() {
        long current = isFailing ? Math.min(nanoTime.getAsLong() - lastNanos, LONGEST_PAUSE_NANOS) : 0;
        return Duration.ofNanos(sumNanos + current).toMillis();
    }
}
