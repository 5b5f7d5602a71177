// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;
import io.flafka.event.UnreadableRecordException;
import io.flafka.event.UnwritableEventException;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes a record of an event.
 *
 * @param topic the rule for its topic
 * @param keyHeader the event header that gives its key
 * @param partition the rule for its partition
 * @param timestamp the rule for its timestamp
 * @param codec the form of its value
 * @param headers the event headers that become record headers under other names
 * @param selected those that do under their own
 */
record EventToRecord(
        TopicRoute topic,
        String keyHeader,
        PartitionRoute partition,
        TimestampRule timestamp,
        EventCodec codec,
        HeaderMapping headers,
        HeaderSelection selected) {

    /**
     * The record of this event.
     *
     * @throws UnwritableEventException if a header of the event makes that impossible
     */
    ProducerRecord<String, byte[]> map(Event event) {
        Map<String, String> eventHeaders = event.getHeaders();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                topic.topicOf(eventHeaders),
                partition.partitionOf(eventHeaders),
                timestamp.timestampOf(eventHeaders),
                eventHeaders.get(keyHeader),
                codec.encode(eventHeaders, event.getBody()));
        headers.writeTo(eventHeaders, record.headers());
        try {
            selected.writeTo(eventHeaders, record.headers());
        } catch (UnreadableRecordException notInTheCharset) {
            throw new UnwritableEventException(String.valueOf(notInTheCharset.getMessage()));
        }
        return record;
    }
}
