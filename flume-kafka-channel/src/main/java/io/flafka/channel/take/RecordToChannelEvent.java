// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.client.RecordDeserializers;
import io.flafka.event.EventCodec;
import io.flafka.event.EventHeaders;
import io.flafka.event.HeaderSelection;
import io.flafka.event.UnreadableRecordException;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes an event of a record of the channel's topic. Thread-safe.
 *
 * @param deserializers of keys and values
 * @param codec the form of the values
 * @param headers the record headers that become event headers
 * @param place what the event says about where it was taken
 */
public record RecordToChannelEvent(
        ThreadDeserializers deserializers,
        EventCodec codec,
        HeaderSelection headers,
        RecordToChannelEvent.Place place) {

    /** What an event says about its place in Kafka. */
    public enum Place {
        /** Nothing, as in stock. */
        NOT_SAID {
            @Override
            void addTo(Map<String, String> eventHeaders, ConsumerRecord<byte[], byte[]> record) {
                // Nothing to add.
            }
        },
        /** Topic, partition and offset; and when it was put, unless it brings a timestamp. */
        SAID {
            @Override
            void addTo(Map<String, String> eventHeaders, ConsumerRecord<byte[], byte[]> record) {
                eventHeaders.put(EventHeaders.CHANNEL_TOPIC, record.topic());
                eventHeaders.put(EventHeaders.CHANNEL_PARTITION, Integer.toString(record.partition()));
                eventHeaders.put(EventHeaders.CHANNEL_OFFSET, Long.toString(record.offset()));
                eventHeaders.putIfAbsent(EventHeaders.TIMESTAMP, Long.toString(record.timestamp()));
            }
        };

        abstract void addTo(Map<String, String> eventHeaders, ConsumerRecord<byte[], byte[]> record);
    }

    /**
     * The event of one record, which the record is the identity of.
     *
     * @throws UnreadableRecordException if it is none
     */
    Event event(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        RecordDeserializers own = deserializers.get();
        Event event = codec.decode(own.valueOf(record));
        headers.readFrom(record.headers(), event.getHeaders());
        String key = own.keyOf(record);
        if (key != null) {
            event.getHeaders().put(EventHeaders.KEY, key);
        }
        place.addTo(event.getHeaders(), record);
        return new TakenEvent(record, event);
    }
}
