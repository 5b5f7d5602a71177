// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.BadRecord;
import io.flafka.client.RecordDeserializers;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import io.flafka.event.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Maps Kafka records to new Flume events. For one thread.
 *
 * <p>The headers are those of Flume's own source. An event with headers of its own keeps its timestamp, topic, partition and offset, because it may
 * have passed through other topics. The key and the mapped headers are always taken from the record.
 */
interface RecordToEvent {

    /**
     * The events of a list of records, up to the first bad record.
     *
     * @param events the events, in the order of their records; may be empty
     * @param badRecord the record after the events that could not be mapped; empty if all records are events
     */
    record MappedBatch(List<Event> events, Optional<BadRecord> badRecord) {}

    /**
     * Creates a mapping.
     *
     * @param deserializers deserialize keys and values
     * @param codec the format of the values
     * @param bodySharing whether an event shares the record's byte array
     * @param topicHeader the event header for the topic's name; empty for none
     * @param headers maps record headers to event headers with other names
     * @param selectedHeaders selects record headers that keep their names
     */
    static RecordToEvent of(
            RecordDeserializers deserializers,
            EventCodec codec,
            BodySharing bodySharing,
            Optional<String> topicHeader,
            HeaderMapping headers,
            HeaderSelection selectedHeaders) {
        return codec instanceof RawEventCodec
                        && headers.equals(HeaderMapping.none())
                        && selectedHeaders.include().isEmpty()
                ? new RawRecordToEvent(deserializers, bodySharing, topicHeader)
                : new CodecRecordToEvent(deserializers, codec, bodySharing, topicHeader, headers, selectedHeaders);
    }

    /**
     * Maps one record.
     *
     * @throws UnreadableRecordException if the record cannot become an event
     */
    Event map(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException;

    /** Maps records up to the first that is unreadable. */
    default MappedBatch map(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Event> events = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                events.add(map(record));
            } catch (UnreadableRecordException unreadable) {
                return new MappedBatch(events, Optional.of(BadRecord.unreadable(record, unreadable)));
            }
        }
        return new MappedBatch(events, Optional.empty());
    }
}
