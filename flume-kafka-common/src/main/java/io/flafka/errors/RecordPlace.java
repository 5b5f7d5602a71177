// SPDX-License-Identifier: Apache-2.0
package io.flafka.errors;

import io.flafka.config.Shown;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Where a record was read, or would have been written, as far as that is known. Its text is for logs.
 *
 * @param topic of the record
 * @param partition in the topic
 * @param offset in the partition
 * @param timestamp of the record
 */
record RecordPlace(Optional<String> topic, OptionalInt partition, OptionalLong offset, OptionalLong timestamp) {

    /** Not known. */
    static final RecordPlace NOWHERE =
            new RecordPlace(Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty());

    static RecordPlace of(ConsumerRecord<?, ?> record) {
        return new RecordPlace(
                Optional.of(record.topic()),
                OptionalInt.of(record.partition()),
                OptionalLong.of(record.offset()),
                OptionalLong.of(record.timestamp()));
    }

    static RecordPlace of(ProducerRecord<?, ?> record) {
        return new RecordPlace(
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
                + Shown.value(topic.get())
                + (partition.isPresent() ? "-" + partition.getAsInt() : "")
                + (offset.isPresent() ? " offset " + offset.getAsLong() : "");
    }
}
