// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

/**
 * How far a channel reads ahead of its sinks.
 *
 * @param records the most of one partition
 * @param bytes the most of all partitions together, in memory; each partition has an equal share
 */
public record ReadAheadLimits(int records, long bytes) {

    /** Whether a partition with so much waiting, one of so many, should not be read for now. */
    boolean isFull(PartitionQueue queue, int partitions) {
        return queue.records() >= records || queue.bytes() >= bytes / partitions;
    }

    /** Whether a partition that was full should be read again. */
    boolean hasRoom(PartitionQueue queue, int partitions) {
        return queue.records() <= records / 2 && queue.bytes() <= bytes / partitions / 2;
    }
}
