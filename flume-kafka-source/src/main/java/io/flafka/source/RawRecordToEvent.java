// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.client.RecordDeserializers;
import io.flafka.event.UnreadableRecordException;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** For raw records without header rules: nothing of such an event but its key can fail, so its headers can wait. */
final class RawRecordToEvent implements RecordToEvent {

    private static final byte[] NO_BODY = {};

    private final RecordDeserializers deserializers;
    private final BodySharing bodies;
    private final Optional<String> topicHeader;
    /** Of the last record: those of a partition come together. */
    private @Nullable PartitionHeaders last;

    RawRecordToEvent(RecordDeserializers deserializers, BodySharing bodies, Optional<String> topicHeader) {
        this.deserializers = deserializers;
        this.bodies = bodies;
        this.topicHeader = topicHeader;
    }

    @Override
    public Event map(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        PartitionHeaders partition = last;
        if (partition == null || !partition.areOf(record)) {
            partition = PartitionHeaders.of(record, topicHeader);
            last = partition;
        }
        byte[] value = deserializers.valueOf(record);
        byte[] body = value == null ? NO_BODY : bodies.of(value);
        return new LazyHeadersEvent(partition, record.offset(), record.timestamp(), deserializers.keyOf(record), body);
    }
}
