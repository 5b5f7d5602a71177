// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks Kafka for the first and last offsets of partitions, and for the offset that the agent file's {@code auto.offset.reset} selects.
 *
 * <p>For the thread that owns the consumer.
 */
final class OffsetLookup {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Consumer<?, ?> consumer;
    private final OffsetReset reset;
    private final Clock clock;

    /**
     * The offsets of a partition.
     *
     * @param begin the offset of its oldest record
     * @param end the offset that its next record will have
     * @param resetTo the offset that {@code auto.offset.reset} selects
     */
    record Range(long begin, long end, long resetTo) {}

    OffsetLookup(Consumer<?, ?> consumer, OffsetReset reset, Clock clock) {
        this.consumer = consumer;
        this.reset = reset;
        this.clock = clock;
    }

    /**
     * Returns the offsets of each of these partitions.
     *
     * @throws KafkaException if Kafka does not answer in time for one of them
     */
    Map<TopicPartition, Range> ranges(Set<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, Long> begins = beginnings(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
        Map<TopicPartition, Long> resetTo = new HashMap<>(reset == OffsetReset.Fixed.EARLIEST ? begins : ends);
        if (reset instanceof OffsetReset.ByDuration by) {
            resetTo.putAll(firstNotOlderThan(by.age(), partitions));
        }
        Map<TopicPartition, Range> ranges = new HashMap<>();
        for (TopicPartition partition : partitions) {
            ranges.put(
                    partition, new Range(known(begins, partition), known(ends, partition), known(resetTo, partition)));
        }
        return ranges;
    }

    /**
     * Returns the offset of the oldest record of each of these partitions.
     *
     * @throws KafkaException if Kafka does not answer in time
     */
    Map<TopicPartition, Long> beginnings(Set<TopicPartition> partitions) {
        return consumer.beginningOffsets(partitions, TIMEOUT);
    }

    /** Leaves out partitions whose records are all older: for those the end applies. */
    private Map<TopicPartition, Long> firstNotOlderThan(Duration age, Set<TopicPartition> partitions) {
        long millis = clock.instant().minus(age).toEpochMilli();
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, millis));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                consumer.offsetsForTimes(times, TIMEOUT).entrySet()) {
            if (found.getValue() != null) {
                offsets.put(found.getKey(), found.getValue().offset());
            }
        }
        return offsets;
    }

    private static long known(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        Long offset = offsets.get(partition);
        if (offset == null) {
            throw new KafkaException("no answer for partition " + partition);
        }
        return offset;
    }
}
