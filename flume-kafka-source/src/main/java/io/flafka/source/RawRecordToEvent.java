// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.client.RecordDeserializers;
import io.flafka.event.UnreadableRecordException;
import io.flafka.source.RecordHeaders.OfPartition;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Maps raw records without header mappings. Only their keys and values can be unreadable, so the headers can be created later, if at all. */
final class RawRecordToEvent implements RecordToEvent {

    private static final byte[] EMPTY_BODY = {};

    private final RecordDeserializers deserializers;
    private final BodySharing bodySharing;
    private final Optional<String> topicHeader;
    /** Reused because the records of a partition come together. */
    private @Nullable OfPartition lastPartition;

    RawRecordToEvent(RecordDeserializers deserializers, BodySharing bodySharing, Optional<String> topicHeader) {
        this.deserializers = deserializers;
        this.bodySharing = bodySharing;
        this.topicHeader = topicHeader;
    }

    @Override
    public Event map(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        OfPartition partition = lastPartition;
        if (partition == null || !partition.matches(record)) {
            partition = OfPartition.of(record, topicHeader);
            lastPartition = partition;
        }
        byte[] value = deserializers.valueOf(record);
        byte[] body = value == null ? EMPTY_BODY : bodySharing.bodyOf(value);
        return new RecordEvent(
                new RecordHeaders(partition, record.offset(), record.timestamp(), deserializers.keyOf(record)), body);
    }
}
