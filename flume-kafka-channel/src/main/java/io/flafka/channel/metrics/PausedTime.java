// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.metrics;

import io.flafka.metrics.MetricGroup;
import java.time.Duration;

/** Adds up the time in which at least one of a channel's readers does not read one of its partitions. Thread-safe. */
public final class PausedTime {

    private int pausedReaders;
    private long startNanos;
    private long sumNanos;

    PausedTime(MetricGroup group) {
        group.count(
                "PausedMillis",
                "milliseconds in which at least one partition was not read because enough of its records wait for a take",
                this::millis);
        group.onReset(this::reset);
    }

    /** What one reader reports. For its thread. */
    public final class OfReader {

        private boolean isPaused;

        private OfReader() {}

        /** Notes whether the reader has paused a partition. */
        public void set(boolean isPausedNow) {
            if (isPausedNow != isPaused) {
                isPaused = isPausedNow;
                add(isPausedNow ? 1 : -1);
            }
        }
    }

    /** Returns the object with which a new reader reports. */
    public OfReader newReader() {
        return new OfReader();
    }

    private synchronized void add(int readers) {
        sumNanos += currentNanos();
        startNanos = System.nanoTime();
        // A reader of an earlier run may end after the reset.
        pausedReaders = Math.max(0, pausedReaders + readers);
    }

    private synchronized void reset() {
        pausedReaders = 0;
        sumNanos = 0;
    }

    private synchronized long millis() {
        return Duration.ofNanos(sumNanos + currentNanos()).toMillis();
    }

    private long currentNanos() {
        return pausedReaders > 0 ? System.nanoTime() - startNanos : 0;
    }
}
