// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.consume.ConsumerCompatibility;
import java.time.Duration;
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
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a consumer from delivering what is after {@code kafka.stopAt}. A partition that has been read up to there stays paused.
 *
 * <p>For the thread that owns the consumer. No cost without that property.
 */
final class StopOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(StopOffsets.class);
    private static final Duration RENEWAL_TIMEOUT = Duration.ofSeconds(1);

    private final Consumer<?, ?> consumer;
    private final ReadRange range;
    private final OffsetLookup lookup;
    private final PositionReport report;
    private final Map<TopicPartition, Long> stops = new HashMap<>();
    private final Set<TopicPartition> reached = new HashSet<>();
    private final Set<TopicPartition> unknown = new HashSet<>();
    private final Set<TopicPartition> notPaused = new HashSet<>();

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
    void lookUp(Set<TopicPartition> partitions, Duration timeout) {
        range.stop().ifPresent(place -> stops.putAll(lookup.stops(partitions, place, timeout)));
    }

    /** Looks up again where to stop in partitions that have lost their records. They are not read until that is known. */
    void renew(Set<TopicPartition> partitions) {
        if (range.stop().isPresent()) {
            onRevoked(partitions);
            pause(partitions);
            unknown.addAll(partitions);
        }
    }

    /** Reports where these partitions stop, once their positions are known too. */
    void report(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> known = new HashMap<>(stops);
        known.keySet().retainAll(partitions);
        if (!known.isEmpty()) {
            report.reportStops(known);
            report.reportNotListed(known.keySet().stream()
                    .filter(partition -> range.stop()
                            .filter(place -> place.isKnownIn(partition))
                            .isEmpty())
                    .toList());
        }
    }

    void onRevoked(Collection<TopicPartition> partitions) {
        stops.keySet().removeAll(partitions);
        reached.removeAll(partitions);
        unknown.removeAll(partitions);
    }

    /** Returns the partitions that must stay paused: those that have been read up to their stops, and those whose stops are not known. */
    Set<TopicPartition> unreadable() {
        Set<TopicPartition> unreadable = new HashSet<>(reached);
        unreadable.addAll(unknown);
        return unreadable;
    }

    /**
     * Pauses the partitions whose next record is not before the stop. Must not be called with records in hand: if it fails, they would be lost.
     *
     * @throws KafkaException if a position no longer exists, for example
     */
    void update() {
        lookUpUnknown();
        Set<TopicPartition> ended = new HashSet<>();
        stops.forEach((partition, stop) -> {
            if (!reached.contains(partition) && isKnownAndAtLeast(stop, partition)) {
                ended.add(partition);
            }
        });
        end(ended);
        if (!notPaused.isEmpty()) {
            pause(notPaused);
            notPaused.clear();
        }
    }

    private void lookUpUnknown() {
        if (unknown.isEmpty()) {
            return;
        }
        Set<TopicPartition> found = Set.copyOf(unknown);
        try {
            lookUp(found, RENEWAL_TIMEOUT);
            unknown.clear();
            report.reportKnown(found);
            report(found);
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException later) {
            report.reportUnknown(found, later);
        }
    }

    private boolean isKnownAndAtLeast(long offset, TopicPartition partition) {
        try {
            return consumer.position(partition, Duration.ZERO) >= offset;
        } catch (TimeoutException | IllegalStateException notKnown) {
            LOG.debug("The position in {} is not known yet: {}", partition, notKnown.toString());
            return false;
        }
    }

    /**
     * Returns the records of a poll that are before the stops. The offsets after them are not beyond the stops either. Calls nothing that can fail, because
     * the records would be lost.
     */
    ConsumerRecords<byte[], byte[]> limit(ConsumerRecords<byte[], byte[]> read) {
        if (stops.isEmpty()) {
            return read;
        }
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(ConsumerCompatibility.nextOffsets(read));
        Set<TopicPartition> beyond = new HashSet<>();
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> before = new HashMap<>();
        for (TopicPartition partition : read.partitions()) {
            before.put(partition, read.records(partition));
        }
        stops.forEach((partition, stop) -> {
            List<ConsumerRecord<byte[], byte[]>> records = before.getOrDefault(partition, List.of());
            boolean goesOn = next.containsKey(partition) && next.get(partition).offset() > stop;
            if (goesOn || (!records.isEmpty() && records.get(records.size() - 1).offset() >= stop)) {
                beyond.add(partition);
                before.computeIfPresent(partition, (key, all) -> upTo(stop, all));
                next.computeIfPresent(partition, (key, offset) -> new OffsetAndMetadata(stop));
            }
        });
        if (beyond.isEmpty()) {
            return read;
        }
        beyond.removeAll(reached);
        end(beyond);
        return ConsumerCompatibility.records(before, next);
    }

    /** Returns the records before the stop, or null to remove the partition if all of them are after it. */
    private static @Nullable List<ConsumerRecord<byte[], byte[]>> upTo(
            long stop, List<ConsumerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> before =
                records.stream().filter(record -> record.offset() < stop).toList();
        return before.isEmpty() ? null : before;
    }

    private void end(Set<TopicPartition> ended) {
        if (ended.isEmpty()) {
            return;
        }
        notPaused.addAll(ended);
        reached.addAll(ended);
        report.reportStopped(ended);
        if (reached.containsAll(consumer.assignment())) {
            report.reportAllStopped();
        }
    }

    /** A partition can be revoked between two polls. */
    private void pause(Set<TopicPartition> partitions) {
        Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
        assigned.retainAll(partitions);
        consumer.pause(assigned);
    }
}
