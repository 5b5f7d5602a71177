// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.event.EventHeaders;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The headers that all events of a partition have in common, made once.
 *
 * @param topic of the partition
 * @param partition its number
 * @param number the same as text
 * @param topicHeader the header that gets the topic's name, or none
 */
record PartitionHeaders(String topic, int partition, String number, Optional<String> topicHeader) {

    static PartitionHeaders of(ConsumerRecord<?, ?> record, Optional<String> topicHeader) {
        return new PartitionHeaders(
                record.topic(), record.partition(), Integer.toString(record.partition()), topicHeader);
    }

    boolean areOf(ConsumerRecord<?, ?> record) {
        return partition == record.partition() && topic.equals(record.topic());
    }

    void addTo(Map<String, String> headers) {
        topicHeader.ifPresent(name -> {
            headers.put(name, topic);
            headers.put(EventHeaders.ORIGIN, topic);
        });
        headers.put(EventHeaders.PARTITION, number);
    }
}
