// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition's records have been handed over, as far as Kafka does not know it yet.
 *
 * <p>Not thread-safe: it belongs to the thread that owns the consumer. Guarantee: {@link #uncommitted()} never goes beyond a record that was handed
 * over, and never names a partition that was dropped.
 */
public final class UncommittedOffsets {

    private final Map<TopicPartition, OffsetAndMetadata> nextOffsets = new HashMap<>();

    /** All records of the partition up to this offset, and this one, have been handed over. */
    public void handedOver(TopicPartition partition, long offset, Optional<Integer> leaderEpoch) {
        // Kafka's committed offset is that of the next record to read.
        nextOffsets.put(partition, new OffsetAndMetadata(offset + 1, leaderEpoch, ""));
    }

    /** What Kafka should be told, of these partitions. */
    public Map<TopicPartition, OffsetAndMetadata> uncommitted(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = uncommitted();
        offsets.keySet().retainAll(partitions);
        return offsets;
    }

    /** What Kafka should be told. */
    public Map<TopicPartition, OffsetAndMetadata> uncommitted() {
        return new HashMap<>(nextOffsets);
    }

    /** Kafka knows these offsets now; what was handed over since is still owed. */
    public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach(nextOffsets::remove);
    }

    /** These partitions belong to another member: nothing more may be committed for them from here. */
    public void drop(Collection<TopicPartition> partitions) {
        nextOffsets.keySet().removeAll(partitions);
    }
}
