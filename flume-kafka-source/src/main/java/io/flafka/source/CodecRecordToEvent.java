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
 * For records of any form: body and headers of the codec, then what a record has beside its value.
 *
 * @param deserializers of keys and values
 * @param codec the form of the values
 * @param bodies whether an event may have the record's own bytes
 * @param topicHeader the header that gets the topic's name, or none
 * @param headers the record headers that become event headers under other names
 * @param selectedHeaders the record headers that become event headers under their own, but for those that say where the event comes from
 */
record CodecRecordToEvent(
        RecordDeserializers deserializers,
        EventCodec codec,
        BodySharing bodies,
        Optional<String> topicHeader,
        HeaderMapping headers,
        HeaderSelection selectedHeaders)
        implements RecordToEvent {

    private static final Set<String> OF_THE_SOURCE = Set.of(
            EventHeaders.TIMESTAMP,
            EventHeaders.TOPIC,
            EventHeaders.PARTITION,
            EventHeaders.OFFSET,
            EventHeaders.KEY,
            EventHeaders.ORIGIN);

    @Override
    public Event map(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        Event event = codec.decode(deserializers.valueOf(record));
        event.setBody(bodies.of(event.getBody()));
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
            eventHeaders.putAll(selected(record));
        }
        return event;
    }

    /** Not one that says where the event comes from: a sink behind this source would follow what some producer has written there. */
    private Map<String, String> selected(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        Map<String, String> selected = new HashMap<>();
        selectedHeaders.readFrom(record.headers(), selected);
        selected.keySet().removeAll(OF_THE_SOURCE);
        topicHeader.ifPresent(selected::remove);
        return selected;
    }
}
