// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.config.LogSafeText;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Where a record was read, or would have been written, as far as that is known. Its text is for log lines.
 *
 * @param topic the record's topic
 * @param partition the partition in the topic
 * @param offset the offset in the partition
 * @param timestamp the record's timestamp in milliseconds, as Kafka counts it
 */
record RecordLocation(Optional<String> topic, OptionalInt partition, OptionalLong offset, OptionalLong timestamp) {

    /** The location of an event that never became a record. */
    static final RecordLocation UNKNOWN =
            new RecordLocation(Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty());

    static RecordLocation of(ConsumerRecord<?, ?> record) {
        return new RecordLocation(
                Optional.of(record.topic()),
                OptionalInt.of(record.partition()),
                OptionalLong.of(record.offset()),
                OptionalLong.of(record.timestamp()));
    }

    static RecordLocation of(ProducerRecord<?, ?> record) {
        return new RecordLocation(
                Optional.of(record.topic()),
                record.partition() == null ? OptionalInt.empty() : OptionalInt.of(record.partition()),
                OptionalLong.empty(),
                record.timestamp() == null ? OptionalLong.empty() : OptionalLong.of(record.timestamp()));
    }

    @Override
    public String toString() {
        if (topic.isEmpty()) {
            return "an event";
        }
        return (offset.isPresent() ? "" : "a record for ")
                + LogSafeText.value(topic.get())
                + (partition.isPresent() ? "-" + partition.getAsInt() : "")
                + (offset.isPresent() ? " offset " + offset.getAsLong() : "");
    }
}
