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
 * Converts records of the channel's topic to events.
 *
 * <p>For one thread at a time, like its deserializers.
 *
 * @param deserializers deserialize keys and values
 * @param codec decodes the values
 * @param headers selects the record headers that become event headers
 * @param locationHeaders whether an event gets headers with its topic, partition and offset
 */
public record RecordToChannelEvent(
        RecordDeserializers deserializers,
        EventCodec codec,
        HeaderSelection headers,
        RecordToChannelEvent.LocationHeaders locationHeaders) {

    /** Whether an event gets headers with its topic, partition and offset. */
    public enum LocationHeaders {
        /** The event gets none, as with Flume's own channel. */
        OMITTED {
            @Override
            void addTo(Map<String, String> eventHeaders, ConsumerRecord<byte[], byte[]> record) {
                // Nothing to add.
            }
        },
        /** The event gets its topic, partition and offset. If it has no timestamp, it gets that of the record. */
        ADDED {
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
     * Converts a record to an event, whose identity is the record.
     *
     * @throws UnreadableRecordException if the record is not a valid event
     */
    Event event(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        Event event = codec.decode(deserializers.valueOf(record));
        headers.readFrom(record.headers(), event.getHeaders());
        String key = deserializers.keyOf(record);
        if (key != null) {
            event.getHeaders().put(EventHeaders.KEY, key);
        }
        locationHeaders.addTo(event.getHeaders(), record);
        return new TakenEvent(record, event);
    }
}
