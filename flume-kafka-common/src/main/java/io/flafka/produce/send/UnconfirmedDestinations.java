// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Where nothing has been acknowledged yet: topics, and partitions that a record names. Thread-safe.
 *
 * <p>A topic or a partition that was just made is known to the brokers before they can write to it. If several requests are on their way to it, an early
 * one can be refused and a later one taken; Kafka's idempotent producer then sends the early one again and again as out of sequence, until {@code delivery.timeout.ms} is over. So
 * what comes first goes alone.
 */
final class UnconfirmedDestinations {

    private final Set<String> topics = ConcurrentHashMap.newKeySet();
    private final Set<TopicPartition> partitions = ConcurrentHashMap.newKeySet();

    boolean contains(ProducerRecord<String, byte[]> record) {
        return record.partition() == null
                ? !topics.contains(record.topic())
                : !partitions.contains(new TopicPartition(record.topic(), record.partition()));
    }

    void acknowledged(ProducerRecord<String, byte[]> record) {
        topics.add(record.topic());
        if (record.partition() != null) {
            partitions.add(new TopicPartition(record.topic(), record.partition()));
        }
    }
}
