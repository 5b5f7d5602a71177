// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Knows to which topics, and to which partitions named by a record, no record was acknowledged yet. Thread-safe.
 *
 * <p>Brokers know a new topic or partition before they can write to it. If several requests are on their way to it, an early one can be refused and a
 * later one accepted. Kafka's idempotent producer then sends the early one again and again as out of sequence, until {@code delivery.timeout.ms} is
 * over. So the first record is sent alone.
 */
final class UnconfirmedDestinations {

    private final Set<String> confirmedTopics = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<Integer>> confirmedPartitions = new ConcurrentHashMap<>();

    boolean contains(ProducerRecord<String, byte[]> record) {
        return record.partition() == null
                ? !confirmedTopics.contains(record.topic())
                : !confirmedPartitions.getOrDefault(record.topic(), Set.of()).contains(record.partition());
    }

    void onAcknowledged(ProducerRecord<String, byte[]> record) {
        confirmedTopics.add(record.topic());
        if (record.partition() != null) {
            confirmedPartitions
                    .computeIfAbsent(record.topic(), topic -> ConcurrentHashMap.newKeySet())
                    .add(record.partition());
        }
    }
}
