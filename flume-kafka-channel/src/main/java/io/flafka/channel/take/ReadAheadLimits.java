// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

/**
 * Limits how far one reader reads ahead of the sinks. Only records that no transaction holds count.
 *
 * @param records the maximum number of records per partition
 * @param bytes the maximum memory of all partitions of the reader together, of which each partition has an equal share
 */
public record ReadAheadLimits(int records, long bytes) {

    /** Returns true if a reader with this many partitions must not read this one for now. */
    boolean isFull(PartitionQueue queue, int partitions) {
        return queue.waitingRecords() >= records || queue.waitingBytes() >= bytes / partitions;
    }

    /** Returns true if a paused partition must be read again: it is at half of its limit or below. */
    boolean hasSpace(PartitionQueue queue, int partitions) {
        return queue.waitingRecords() <= records / 2 && queue.waitingBytes() <= bytes / partitions / 2;
    }
}
