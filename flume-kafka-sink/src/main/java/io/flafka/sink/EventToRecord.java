// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;
import io.flafka.event.UnwritableEventException;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes a record of an event. For one thread at a time.
 *
 * @param topic chooses the record's topic
 * @param key chooses the record's key
 * @param partition chooses the record's partition
 * @param timestamp chooses the record's timestamp
 * @param codec makes the record's value
 * @param constantHeaders the headers that every record gets, before those of the event
 * @param mappedHeaders the event headers that become record headers under another name
 * @param selectedHeaders the event headers that become record headers under the same name
 */
record EventToRecord(
        TopicRoute topic,
        RecordKey key,
        PartitionRoute partition,
        TimestampRule timestamp,
        EventCodec codec,
        ConstantHeaders constantHeaders,
        HeaderMapping mappedHeaders,
        HeaderSelection selectedHeaders) {

    /**
     * Returns the record of an event.
     *
     * @throws UnwritableEventException if a header of the event has a value that cannot be written
     */
    ProducerRecord<String, byte[]> map(Event event) {
        Map<String, String> eventHeaders = event.getHeaders();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                topic.topicOf(eventHeaders),
                partition.partitionOf(eventHeaders),
                timestamp.timestampOf(eventHeaders),
                key.keyOf(eventHeaders),
                codec.encode(eventHeaders, event.getBody()));
        constantHeaders.addTo(record.headers());
        mappedHeaders.writeTo(eventHeaders, record.headers());
        selectedHeaders.writeTo(eventHeaders, record.headers());
        return record;
    }
}
