// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.Arrays;

/** The durations of calls in nanoseconds. Thread-safe; meant for calls that move a batch. */
final class CallTimes {
    private static final int INITIAL_CAPACITY = 1 << 16;

    private long[] nanos = new long[INITIAL_CAPACITY];
    private int count;

    synchronized void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    /** Discards the durations of the warm-up. */
    synchronized void clear() {
        count = 0;
    }

    synchronized Quantiles quantiles() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Quantiles(count, atRank(sorted, 0.5), atRank(sorted, 0.99));
    }

    /** Returns the smallest value that at least this share of all values does not exceed. */
    private static double atRank(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /**
     * The quantiles.
     *
     * @param count the number of calls
     * @param p50 the median in nanoseconds, NaN without calls
     * @param p99 the 99th percentile in nanoseconds, NaN without calls
     */
    record Quantiles(int count, double p50, double p99) {}
}
