// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What one take transaction has taken, a partition at a time. Guarded by the {@link TakeBuffer} it was taken from. */
final class Claim {

    private final Map<PartitionQueue, Deque<ConsumerRecord<String, byte[]>>> taken = new LinkedHashMap<>();
    private int count;

    ConsumerRecord<String, byte[]> takeFrom(PartitionQueue queue) {
        ConsumerRecord<String, byte[]> record = queue.takeFor(this);
        taken.computeIfAbsent(queue, key -> new ArrayDeque<>()).addFirst(record);
        count++;
        return record;
    }

    boolean holds(PartitionQueue queue) {
        return taken.containsKey(queue);
    }

    int count() {
        return count;
    }

    /** Puts the last record taken from a queue back. */
    void giveBackLast(PartitionQueue queue) {
        Deque<ConsumerRecord<String, byte[]>> records = taken.getOrDefault(queue, new ArrayDeque<>());
        if (!queue.isRevoked()) {
            queue.giveBack(List.of(records.getFirst()));
        }
        records.removeFirst();
        count--;
        if (records.isEmpty()) {
            taken.remove(queue);
            queue.release();
        }
    }

    /** Puts everything back where it came from, in order; what a revoked partition gave is read again by its new owner. */
    void giveBackAll() {
        taken.forEach((queue, latestFirst) -> {
            if (!queue.isRevoked()) {
                queue.giveBack(List.copyOf(latestFirst));
            }
        });
        release();
    }

    /** Lets go of the partitions; what was taken is done with. */
    void release() {
        taken.keySet().forEach(PartitionQueue::release);
        taken.clear();
        count = 0;
    }

    /** The offsets that say so to Kafka, of the partitions that are still ours. */
    Map<TopicPartition, OffsetAndMetadata> nextOffsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
        taken.forEach((queue, latestFirst) -> {
            if (!queue.isRevoked()) {
                offsets.put(
                        queue.partition(),
                        new OffsetAndMetadata(latestFirst.getFirst().offset() + 1));
            }
        });
        return offsets;
    }

    /** How many of the taken records came from partitions that are no longer ours: they may be delivered again by another agent. */
    int countRevoked() {
        return taken.entrySet().stream()
                .filter(entry -> entry.getKey().isRevoked())
                .mapToInt(entry -> entry.getValue().size())
                .sum();
    }
}
