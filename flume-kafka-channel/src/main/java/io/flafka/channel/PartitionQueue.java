// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One partition's records that have been read ahead, and the one open take transaction that holds the partition, if any.
 *
 * <p>Guarded by the {@link TakeBuffer} it belongs to. Guarantee: records leave in the order of their offsets, also after any number of rollbacks,
 * since only one transaction at a time takes them.
 */
final class PartitionQueue {

    private static final int FULL_RECORDS = 1_000;
    private static final long FULL_BYTES = 4L << 20;

    private final TopicPartition partition;
    private final Deque<ConsumerRecord<String, byte[]>> records = new ArrayDeque<>();
    private long bytes;
    private @Nullable Claim holder;
    private boolean revoked;
    private boolean blocked;

    PartitionQueue(TopicPartition partition) {
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }

    void add(ConsumerRecord<String, byte[]> record) {
        records.addLast(record);
        bytes += size(record);
    }

    /** Whether that transaction may take a record from here now. */
    boolean offersTo(Claim claim) {
        return !records.isEmpty() && (holder == null || holder == claim);
    }

    ConsumerRecord<String, byte[]> takeFor(Claim claim) {
        holder = claim;
        ConsumerRecord<String, byte[]> record = records.removeFirst();
        bytes -= size(record);
        return record;
    }

    /** Puts records back before the others, the last one taken first in the list. */
    void giveBack(List<ConsumerRecord<String, byte[]>> latestFirst) {
        for (ConsumerRecord<String, byte[]> record : latestFirst) {
            records.addFirst(record);
            bytes += size(record);
        }
    }

    void release() {
        holder = null;
    }

    /** Another member of the group reads this partition now; transactions that hold it keep what they have. */
    void revoke() {
        revoked = true;
        records.clear();
        bytes = 0;
    }

    boolean isRevoked() {
        return revoked;
    }

    /** The first record is no event: as long as other partitions have something, they go first. */
    void block() {
        blocked = true;
    }

    boolean isBlocked() {
        return blocked;
    }

    /** Whether reading ahead should stop here for now. */
    boolean isFull() {
        return records.size() >= FULL_RECORDS || bytes >= FULL_BYTES;
    }

    /** Whether reading ahead should go on here. */
    boolean hasRoom() {
        return records.size() <= FULL_RECORDS / 2 && bytes <= FULL_BYTES / 2;
    }

    private static int size(ConsumerRecord<String, byte[]> record) {
        return Math.max(0, record.serializedValueSize()) + Math.max(0, record.serializedKeySize());
    }
}
