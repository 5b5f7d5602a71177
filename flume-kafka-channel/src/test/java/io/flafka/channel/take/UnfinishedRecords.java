// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

/** Counts the records that a reader has read and that are not done. */
public final class UnfinishedRecords {

    private UnfinishedRecords() {}

    public static long of(AssignedQueues reader) {
        return reader.byPartition().values().stream()
                .mapToLong(ofPartition -> ofPartition.records())
                .sum();
    }
}
