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
 * Makes new events of records. For one thread.
 *
 * <p>The rules are stock's: an event that brings headers of its own keeps its timestamp, topic, partition and offset (it may have come through
 * other topics), while the key and the mapped headers are always those of the record.
 */
interface RecordToEvent {

    /**
     * A mapping by these rules.
     *
     * @param deserializers of keys and values
     * @param codec the form of the values
     * @param bodies whether an event may have the record's own bytes
     * @param topicHeader the header that gets the topic's name, or none
     * @param headers the record headers that become event headers under other names
     * @param selectedHeaders the record headers that become event headers under their own
     */
    static RecordToEvent of(
            RecordDeserializers deserializers,
            EventCodec codec,
            BodySharing bodies,
            Optional<String> topicHeader,
            HeaderMapping headers,
            HeaderSelection selectedHeaders) {
        return codec instanceof RawEventCodec
                        && headers.equals(HeaderMapping.none())
                        && selectedHeaders.include().isEmpty()
                ? new RawRecordToEvent(deserializers, bodies, topicHeader)
                : new CodecRecordToEvent(deserializers, codec, bodies, topicHeader, headers, selectedHeaders);
    }

    /**
     * The event of one record.
     *
     * @throws UnreadableRecordException if it is none
     */
    Event map(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException;

    /** Events of the first records, as far as they can become events. */
    default MappedBatch map(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Event> events = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                events.add(map(record));
            } catch (UnreadableRecordException malformed) {
                return new MappedBatch(events, Optional.of(BadRecord.unreadable(record, malformed)));
            }
        }
        return new MappedBatch(events, Optional.empty());
    }
}
