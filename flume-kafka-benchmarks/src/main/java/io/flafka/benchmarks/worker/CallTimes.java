// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.Arrays;

/** How long calls took, in nanoseconds. Thread-safe; meant for calls that move a batch. */
final class CallTimes {
    private static final int FIRST_ROOM = 1 << 16;

    private long[] nanos = new long[FIRST_ROOM];
    private int count;

    synchronized void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    /** Forgets what came before the window. */
    synchronized void clear() {
        count = 0;
    }

    synchronized Quantiles quantiles() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Quantiles(count, atRank(sorted, 0.5), atRank(sorted, 0.99));
    }

    /** The smallest value that at least this share of all does not exceed. */
    private static double atRank(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /**
     * What counts of them.
     *
     * @param count of the calls
     * @param p50 nanoseconds, NaN if there was no call
     * @param p99 nanoseconds, NaN if there was no call
     */
    record Quantiles(int count, double p50, double p99) {}
}
