// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.client.RecordDeserializers;
import io.flafka.event.EventCodec;
import io.flafka.event.EventHeaders;
import io.flafka.event.HeaderMapping;
import io.flafka.event.MalformedEventException;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * For records of any form: body and headers of the codec, then what a record has beside its value.
 *
 * @param deserializers of keys and values
 * @param codec the form of the values
 * @param bodies whether an event may have the record's own bytes
 * @param topicHeader the header that gets the topic's name, or none
 * @param headers the record headers that become event headers
 */
record CodedRecordToEvent(
        RecordDeserializers deserializers,
        EventCodec codec,
        Bodies bodies,
        Optional<String> topicHeader,
        HeaderMapping headers)
        implements RecordToEvent {

    @Override
    public Event map(ConsumerRecord<byte[], byte[]> record) throws MalformedEventException {
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
        return event;
    }
}
