// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks Kafka for the first and last offsets of partitions, and for the offset of a {@link PartitionPlace}.
 *
 * <p>For the thread that owns the consumer.
 */
final class OffsetLookup {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Consumer<?, ?> consumer;
    private final Clock clock;

    /**
     * The offsets of a partition.
     *
     * @param begin the offset of its oldest record
     * @param end the offset that its next record will have
     * @param place the offset of the place that was asked for
     */
    record Range(long begin, long end, long place) {}

    OffsetLookup(Consumer<?, ?> consumer, Clock clock) {
        this.consumer = consumer;
        this.clock = clock;
    }

    /**
     * Returns the offsets of each of these partitions.
     *
     * @throws KafkaException if Kafka does not answer in time for one of them
     */
    Map<TopicPartition, Range> ranges(Set<TopicPartition> partitions, PartitionPlace place) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, Long> begins = beginnings(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
        Map<TopicPartition, Long> places = new HashMap<>(place == PartitionPlace.Fixed.EARLIEST ? begins : ends);
        if (place instanceof PartitionPlace.ByDuration by) {
            places.putAll(firstNotOlderThan(clock.instant().minus(by.age()), partitions, TIMEOUT));
        } else if (place instanceof PartitionPlace.AtTime at) {
            places.putAll(firstNotOlderThan(at.moment(), partitions, TIMEOUT));
        } else if (place instanceof PartitionPlace.Listed listed) {
            partitions.forEach(partition -> places.computeIfPresent(
                    partition, (key, end) -> Math.min(end, listed.offsets().getOrDefault(key, end))));
            places.replaceAll((partition, offset) -> Math.max(offset, begins.getOrDefault(partition, offset)));
        }
        Map<TopicPartition, Range> ranges = new HashMap<>();
        for (TopicPartition partition : partitions) {
            ranges.put(
                    partition, new Range(known(begins, partition), known(ends, partition), known(places, partition)));
        }
        return ranges;
    }

    /**
     * Returns for each of these partitions the first offset that is not before a place; 0 if the place is not known in the partition.
     *
     * @throws KafkaException if Kafka does not answer in time
     */
    Map<TopicPartition, Long> stops(Set<TopicPartition> partitions, PartitionPlace place, Duration timeout) {
        Map<TopicPartition, Long> stops = new HashMap<>();
        if (place instanceof PartitionPlace.Listed listed) {
            partitions.forEach(
                    partition -> stops.put(partition, listed.offsets().getOrDefault(partition, 0L)));
        } else if (place instanceof PartitionPlace.AtTime at) {
            // The ends first: a record that comes between the two questions is then found by the second, or is not
            // before the stop.
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, timeout);
            partitions.forEach(partition -> stops.put(partition, known(ends, partition)));
            stops.putAll(firstNotOlderThan(at.moment(), partitions, timeout));
        }
        return stops;
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
    private Map<TopicPartition, Long> firstNotOlderThan(
            Instant moment, Set<TopicPartition> partitions, Duration timeout) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, moment.toEpochMilli()));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                consumer.offsetsForTimes(times, timeout).entrySet()) {
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
