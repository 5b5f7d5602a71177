// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.consume.ConsumerCompatibility;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps a consumer from delivering what is after {@code kafka.stopAt}. A partition that has been read up to there stays paused.
 *
 * <p>For the thread that owns the consumer. No cost without that property.
 */
final class StopOffsets {

    private final Consumer<?, ?> consumer;
    private final ReadRange range;
    private final OffsetLookup lookup;
    private final PositionReport report;
    private final Map<TopicPartition, Long> stops = new HashMap<>();
    private final Set<TopicPartition> reached = new HashSet<>();

    StopOffsets(Consumer<?, ?> consumer, ReadRange range, OffsetLookup lookup, PositionReport report) {
        this.consumer = consumer;
        this.range = range;
        this.lookup = lookup;
        this.report = report;
    }

    /**
     * Looks up where to stop in newly assigned partitions.
     *
     * @throws KafkaException if Kafka does not answer in time; then they must not be read yet
     */
    void lookUp(Set<TopicPartition> partitions) {
        range.stop().ifPresent(place -> stops.putAll(lookup.stops(partitions, place)));
    }

    /** Reports where these partitions stop, once their positions are known too. */
    void report(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> known = new HashMap<>(stops);
        known.keySet().retainAll(partitions);
        if (!known.isEmpty()) {
            report.reportStops(known);
        }
    }

    void onRevoked(Collection<TopicPartition> partitions) {
        stops.keySet().removeAll(partitions);
        reached.removeAll(partitions);
    }

    /** Returns the partitions that have been read up to their stops. */
    Set<TopicPartition> reached() {
        return reached;
    }

    /** Returns the records of a poll that are before the stops. The offsets after them are not beyond the stops either. */
    ConsumerRecords<byte[], byte[]> limit(ConsumerRecords<byte[], byte[]> read) {
        Set<TopicPartition> ended = ended();
        if (ended.isEmpty()) {
            return read;
        }
        consumer.pause(ended);
        reached.addAll(ended);
        report.reportStopped(ended);
        if (reached.containsAll(consumer.assignment())) {
            report.reportAllStopped();
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> before = new HashMap<>();
        for (TopicPartition partition : read.partitions()) {
            long stop = stops.getOrDefault(partition, Long.MAX_VALUE);
            List<ConsumerRecord<byte[], byte[]>> records = read.records(partition).stream()
                    .filter(record -> record.offset() < stop)
                    .toList();
            if (!records.isEmpty()) {
                before.put(partition, records);
            }
        }
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(ConsumerCompatibility.nextOffsets(read));
        ended.forEach(partition -> next.computeIfPresent(
                partition, (key, offset) -> new OffsetAndMetadata(stops.getOrDefault(key, offset.offset()))));
        return ConsumerCompatibility.records(before, next);
    }

    /** Returns the partitions whose next record is not before the stop. */
    private Set<TopicPartition> ended() {
        Set<TopicPartition> ended = new HashSet<>();
        stops.forEach((partition, stop) -> {
            if (!reached.contains(partition) && consumer.position(partition) >= stop) {
                ended.add(partition);
            }
        });
        return ended;
    }
}
