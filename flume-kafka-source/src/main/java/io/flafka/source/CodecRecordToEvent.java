// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.client.RecordDeserializers;
import io.flafka.event.EventCodec;
import io.flafka.event.EventHeaders;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderSelection;
import io.flafka.event.UnreadableRecordException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Maps records of any format: the codec gives body and headers, then the record's own metadata is added as headers.
 *
 * @param deserializers deserialize keys and values
 * @param codec the format of the values
 * @param bodySharing whether an event shares the record's byte array
 * @param topicHeader the event header for the topic's name; empty for none
 * @param headers maps record headers to event headers with other names
 * @param selectedHeaders selects record headers that keep their names; headers that say where the event comes from are never selected
 */
record CodecRecordToEvent(
        RecordDeserializers deserializers,
        EventCodec codec,
        BodySharing bodySharing,
        Optional<String> topicHeader,
        HeaderMapping headers,
        HeaderSelection selectedHeaders)
        implements RecordToEvent {

    /** The headers that only the source itself sets. */
    private static final Set<String> RESERVED_HEADERS = Set.of(
            EventHeaders.TIMESTAMP,
            EventHeaders.TOPIC,
            EventHeaders.PARTITION,
            EventHeaders.OFFSET,
            EventHeaders.KEY,
            EventHeaders.ORIGIN,
            EventHeaders.TOMBSTONE);

    @Override
    public Event map(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        Event event = codec.decode(deserializers.valueOf(record));
        event.setBody(bodySharing.bodyOf(event.getBody()));
        Map<String, String> eventHeaders = event.getHeaders();
        eventHeaders.putIfAbsent(EventHeaders.TIMESTAMP, Long.toString(record.timestamp()));
        topicHeader.ifPresent(name -> {
            eventHeaders.putIfAbsent(name, record.topic());
            eventHeaders.putIfAbsent(EventHeaders.ORIGIN, record.topic());
        });
        eventHeaders.putIfAbsent(EventHeaders.PARTITION, Integer.toString(record.partition()));
        eventHeaders.putIfAbsent(EventHeaders.OFFSET, Long.toString(record.offset()));
        String key = deserializers.keyOf(record);
        if (key != null) {
            eventHeaders.put(EventHeaders.KEY, key);
        }
        headers.readFrom(record.headers(), eventHeaders);
        if (!selectedHeaders.include().isEmpty()) {
            eventHeaders.putAll(readSelectedHeaders(record));
        }
        return event;
    }

    /** Leaves out the reserved headers: otherwise a producer could tell a sink after this source where to write. */
    private Map<String, String> readSelectedHeaders(ConsumerRecord<byte[], byte[]> record)
            throws UnreadableRecordException {
        Map<String, String> selected = new HashMap<>();
        selectedHeaders.readFrom(record.headers(), selected);
        selected.keySet().removeAll(RESERVED_HEADERS);
        topicHeader.ifPresent(selected::remove);
        return selected;
    }
}
