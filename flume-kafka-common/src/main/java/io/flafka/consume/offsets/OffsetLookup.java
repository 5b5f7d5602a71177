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

/** Asks Kafka which offsets partitions have, and where in them the agent file's {@code auto.offset.reset} leads. For the thread that owns the consumer. */
final class OffsetLookup {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Consumer<?, ?> consumer;
    private final OffsetReset reset;
    private final Clock clock;

    /**
     * What a partition has.
     *
     * @param begin the offset of its oldest record
     * @param end the offset of its next record
     * @param chosen where {@code auto.offset.reset} leads
     */
    record Range(long begin, long end, long chosen) {}

    /** For one consumer; asks nothing yet. */
    OffsetLookup(Consumer<?, ?> consumer, OffsetReset reset, Clock clock) {
        this.consumer = consumer;
        this.reset = reset;
        this.clock = clock;
    }

    /**
     * By partition.
     *
     * @throws KafkaException if any is not to be had within a bound
     */
    Map<TopicPartition, Range> of(Set<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, Long> begins = begins(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
        Map<TopicPartition, Long> chosen = new HashMap<>(reset == OffsetReset.Fixed.EARLIEST ? begins : ends);
        if (reset instanceof OffsetReset.ByDuration by) {
            chosen.putAll(since(by.age(), partitions));
        }
        Map<TopicPartition, Range> ranges = new HashMap<>();
        for (TopicPartition partition : partitions) {
            ranges.put(
                    partition, new Range(known(begins, partition), known(ends, partition), known(chosen, partition)));
        }
        return ranges;
    }

    /**
     * Only where they begin.
     *
     * @throws KafkaException if that is not to be had within a bound
     */
    Map<TopicPartition, Long> begins(Set<TopicPartition> partitions) {
        return consumer.beginningOffsets(partitions, TIMEOUT);
    }

    /** Without partitions whose records are all older: there the end counts. */
    private Map<TopicPartition, Long> since(Duration age, Set<TopicPartition> partitions) {
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
