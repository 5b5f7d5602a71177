// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.event.EventCodec;
import io.flafka.event.EventHeaders;
import io.flafka.event.HeaderSelection;
import io.flafka.event.MalformedEventException;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes an event of a record of the channel's topic. Thread-safe.
 *
 * @param codec the form of the values
 * @param headers the record headers that become event headers
 * @param place what the event says about where it was taken
 */
record RecordToChannelEvent(EventCodec codec, HeaderSelection headers, RecordToChannelEvent.Place place) {

    /** What an event says about its place in Kafka. */
    enum Place {
        /** Nothing, as in stock. */
        NOT_SAID {
            @Override
            void addTo(Map<String, String> eventHeaders, ConsumerRecord<String, byte[]> record) {
                // Nothing to add.
            }
        },
        /** Topic, partition and offset; and when it was put, unless it brings a timestamp. */
        SAID {
            @Override
            void addTo(Map<String, String> eventHeaders, ConsumerRecord<String, byte[]> record) {
                eventHeaders.put(EventHeaders.CHANNEL_TOPIC, record.topic());
                eventHeaders.put(EventHeaders.CHANNEL_PARTITION, Integer.toString(record.partition()));
                eventHeaders.put(EventHeaders.CHANNEL_OFFSET, Long.toString(record.offset()));
                eventHeaders.putIfAbsent(EventHeaders.TIMESTAMP, Long.toString(record.timestamp()));
            }
        };

        abstract void addTo(Map<String, String> eventHeaders, ConsumerRecord<String, byte[]> record);
    }

    Event event(ConsumerRecord<String, byte[]> record) throws MalformedEventException {
        Event event = codec.decode(record.value());
        headers.readFrom(record.headers(), event.getHeaders());
        if (record.key() != null) {
            event.getHeaders().put(EventHeaders.KEY, record.key());
        }
        place.addTo(event.getHeaders(), record);
        return event;
    }
}
