// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.event.EventCodec;
import io.flafka.event.EventHeaders;
import io.flafka.event.HeaderMapping;
import io.flafka.event.MalformedEventException;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes a new event of a record: body and headers of the codec, then what the record has beside its value.
 *
 * <p>The rules are stock's: an event that brings headers of its own keeps its timestamp, topic, partition and offset (it may have come through
 * other topics), while the key and the mapped headers are always those of the record.
 *
 * @param codec the form of the values
 * @param topicHeader the header that gets the topic's name, or none
 * @param headers the record headers that become event headers
 */
record RecordToEvent(EventCodec codec, Optional<String> topicHeader, HeaderMapping headers) {

    Event map(ConsumerRecord<String, byte[]> record) throws MalformedEventException {
        Event event = codec.decode(record.value());
        Map<String, String> eventHeaders = event.getHeaders();
        eventHeaders.putIfAbsent(EventHeaders.TIMESTAMP, Long.toString(record.timestamp()));
        topicHeader.ifPresent(name -> {
            eventHeaders.putIfAbsent(name, record.topic());
            eventHeaders.putIfAbsent(EventHeaders.ORIGIN, record.topic());
        });
        eventHeaders.putIfAbsent(EventHeaders.PARTITION, Integer.toString(record.partition()));
        eventHeaders.putIfAbsent(EventHeaders.OFFSET, Long.toString(record.offset()));
        if (record.key() != null) {
            eventHeaders.put(EventHeaders.KEY, record.key());
        }
        headers.readFrom(record.headers(), eventHeaders);
        return event;
    }
}
