// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The calls that kafka-clients 4 and 3.9 do not have in common. Operators whose brokers are older than 2.1 put 3.9 in the
 * place of 4: no other class may use what 3.9 lacks. For a consumer's own thread.
 */
public final class KafkaVersions {
    private static final boolean TELLS_NEXT_OFFSETS = Arrays.stream(ConsumerRecords.class.getMethods())
            .anyMatch(method -> method.getName().equals("nextOffsets"));

    private KafkaVersions() {}

    /** Closes a consumer within a bound. */
    @SuppressWarnings("deprecation") // The form that is not deprecated takes a class that 3.9 does not have.
    public static void close(Consumer<?, ?> consumer, Duration timeout) {
        consumer.close(timeout);
    }

    /**
     * Where the partitions of a poll go on, which may be behind more than their last records, such as the end of a
     * transaction. With 3.9 nothing: an offset then stays before the end of a transaction until the next record.
     */
    public static Map<TopicPartition, OffsetAndMetadata> nextOffsets(ConsumerRecords<?, ?> read) {
        // The JVM looks for the method when it is first called: never, where it is not.
        return TELLS_NEXT_OFFSETS ? read.nextOffsets() : Map.of();
    }
}
