// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes the calls that differ between kafka-clients 4 and 3.9. Operators with brokers older than 2.1 replace version 4 by 3.9, so no other class may
 * use what 3.9 lacks.
 *
 * <p>For the thread that owns the consumer.
 */
public final class ConsumerCompatibility {
    private static final boolean HAS_NEXT_OFFSETS = Arrays.stream(ConsumerRecords.class.getMethods())
            .anyMatch(method -> method.getName().equals("nextOffsets"));

    private ConsumerCompatibility() {}

    /**
     * Closes a consumer.
     *
     * @param timeout the longest time that this may take
     */
    @SuppressWarnings("deprecation") // The other close method has a parameter of a class that 3.9 lacks.
    public static void close(Consumer<?, ?> consumer, Duration timeout) {
        consumer.close(timeout);
    }

    /**
     * Returns the next offset of each partition of a poll. It can be higher than the last record's offset plus one, for example after the end of a
     * transaction. Returns nothing with 3.9: then a committed offset stays before the end of a transaction until the next record.
     */
    public static Map<TopicPartition, OffsetAndMetadata> nextOffsets(ConsumerRecords<?, ?> read) {
        // The JVM resolves the method at its first call, so with 3.9 never.
        return HAS_NEXT_OFFSETS ? read.nextOffsets() : Map.of();
    }

    /**
     * Returns the records of a poll.
     *
     * @param nextOffsets as {@link #nextOffsets} returns them; without effect with 3.9
     */
    @SuppressWarnings("removal") // The constructor without offsets is the only one of 3.9.
    public static <K, V> ConsumerRecords<K, V> records(
            Map<TopicPartition, List<ConsumerRecord<K, V>>> records,
            Map<TopicPartition, OffsetAndMetadata> nextOffsets) {
        return HAS_NEXT_OFFSETS ? new ConsumerRecords<>(records, nextOffsets) : new ConsumerRecords<>(records);
    }
}
