// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import java.time.Duration;
import java.util.Locale;

/**
 * The agent at one moment.
 *
 * @param at the time since the load began
 * @param liveHeap bytes of heap in use after a full garbage collection
 * @param direct bytes of direct buffers
 * @param threads live threads
 * @param descriptors open file descriptors
 * @param resident bytes of the process in memory
 * @param delivered records in the output
 * @param backlog records that were sent and are not in the output
 */
record Sample(
        Duration at,
        long liveHeap,
        long direct,
        long threads,
        long descriptors,
        long resident,
        long delivered,
        long backlog) {
    static final String HEADER = "seconds,live_heap,direct,threads,descriptors,resident,delivered,backlog";
    private static final double MIB = 1024 * 1024;

    String csv() {
        return "%d,%d,%d,%d,%d,%d,%d,%d"
                .formatted(at.toSeconds(), liveHeap, direct, threads, descriptors, resident, delivered, backlog);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "live heap %.1f MiB, direct %.2f MiB, %d threads, %d descriptors, resident %.0f MiB, delivered %,d,"
                        + " backlog %,d",
                liveHeap / MIB,
                direct / MIB,
                threads,
                descriptors,
                resident / MIB,
                delivered,
                backlog);
    }
}
