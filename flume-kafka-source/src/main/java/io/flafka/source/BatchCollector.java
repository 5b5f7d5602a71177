// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.consume.LagGauge;
import io.flafka.consume.offsets.ReadPositions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Polls records and keeps them until they are delivered to the channels. A batch that fails is retried from the kept records.
 *
 * <p>Only for the thread that owns the consumer. Guarantees: records of a partition are delivered in the order of their offsets, and none is skipped.
 * Each call of {@link #collect} polls, so the group does not expel a member whose channels are full.
 */
final class BatchCollector implements ReadPositions.PendingRecords {

    /** Long enough for Kafka's client to take part in a rebalance. */
    private static final Duration BLOCKED_POLL_TIMEOUT = Duration.ofMillis(100);

    /** Keeps an idle source from polling in a tight loop, even with a batch duration of zero. */
    private static final Duration MIN_IDLE_POLL_TIMEOUT = Duration.ofMillis(50);

    private final Consumer<byte[], byte[]> consumer;
    private final BatchBounds bounds;
    private final ReadPositions positions;
    private final DeliveredOffsets offsets;
    private final LagGauge lag = new LagGauge(this::undelivered);
    private final Duration idlePollTimeout;
    /** Partitions of which it is not known yet where to begin. */
    private Set<TopicPartition> undecided = Set.of();

    private final List<ConsumerRecord<byte[], byte[]>> pending = new ArrayList<>();
    private long lastPollEnd = System.nanoTime();
    private Duration processingTime = Duration.ZERO;
    /** How many records at the head of {@code pending} are delivered. */
    private int delivered;
    /** True if the last poll waited and brought nothing. The next one waits at once, because each poll costs CPU time. */
    private boolean isIdle;
    /** True until a record of the last batch is delivered. */
    private boolean isBlocked;

    BatchCollector(
            Consumer<byte[], byte[]> consumer, BatchBounds bounds, ReadPositions positions, DeliveredOffsets offsets) {
        this.consumer = consumer;
        this.bounds = bounds;
        this.positions = positions;
        this.offsets = offsets;
        this.idlePollTimeout =
                bounds.duration().compareTo(MIN_IDLE_POLL_TIMEOUT) < 0 ? MIN_IDLE_POLL_TIMEOUT : bounds.duration();
    }

    /** Returns the next batch, which may be empty. Records of the last batch come first, unless {@link #markDelivered} has counted them. */
    List<ConsumerRecord<byte[], byte[]>> collect() {
        positions.readAgain(offsets.takePartitionsToReadAgain(), this);
        int undelivered = pending.size() - delivered;
        if (undelivered > 0 && (isBlocked || undelivered >= bounds.minSize())) {
            stayInGroup(isBlocked ? BLOCKED_POLL_TIMEOUT : Duration.ZERO);
        } else {
            removeDelivered();
            fetch();
        }
        isBlocked = true;
        return pending.subList(delivered, Math.min(delivered + bounds.maxSize(), pending.size()));
    }

    /** Polls for new records. If at least one is pending, also one left over from the last batch, waits for {@link BatchBounds#minSize} of them. */
    private void fetch() {
        resume();
        if (!isIdle) {
            poll(Duration.ZERO);
        }
        if (pending.isEmpty()) {
            // Nothing is fetched already, so the next batch may take long.
            offsets.commitDelivered();
            poll(idlePollTimeout);
        }
        long end = System.nanoTime() + bounds.duration().toNanos();
        long left = bounds.duration().toNanos();
        if (pending.size() < bounds.minSize()) {
            offsets.commitDelivered();
        }
        while (!pending.isEmpty() && pending.size() < bounds.minSize() && left > 0) {
            poll(Duration.ofNanos(left));
            left = end - System.nanoTime();
        }
        isIdle = pending.isEmpty();
    }

    private void resume() {
        undecided = positions.retryUndecided();
        Set<TopicPartition> paused = new HashSet<>(consumer.paused());
        paused.removeAll(undecided);
        consumer.resume(paused);
    }

    /** Polls with all partitions paused. The poll brings no records, but it may revoke or assign partitions. */
    void stayInGroup(Duration timeout) {
        consumer.pause(consumer.assignment());
        poll(timeout);
    }

    private void poll(Duration timeout) {
        processingTime = Duration.ofNanos(System.nanoTime() - lastPollEnd);
        try {
            ConsumerRecords<byte[], byte[]> read = positions.poll(timeout, this);
            read.forEach(pending::add);
            lag.afterPoll(consumer, read, undecided);
        } finally {
            lastPollEnd = System.nanoTime();
        }
    }

    /** Returns how far the source is behind. */
    LagGauge lag() {
        return lag;
    }

    private Map<TopicPartition, LagGauge.Undelivered.OfPartition> undelivered() {
        Map<TopicPartition, LagGauge.Undelivered.OfPartition> byPartition = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : pending.subList(delivered, pending.size())) {
            byPartition.merge(
                    partitionOf(record),
                    new LagGauge.Undelivered.OfPartition(1, record.timestamp()),
                    (first, other) -> new LagGauge.Undelivered.OfPartition(
                            first.records() + other.records(), first.oldestMillis()));
        }
        return byPartition;
    }

    /** Returns the time between the last two polls. The second of them may still be running. */
    Duration processingTime() {
        return processingTime;
    }

    /** Marks the next {@code count} records of the last batch as delivered. May be called several times per batch. */
    void markDelivered(int count) {
        isBlocked = false;
        delivered += count;
    }

    /** Pauses new partitions while records are pending, so that the next poll does not exceed the bounds. */
    void onAssigned(Collection<TopicPartition> partitions) {
        if (!pending.isEmpty()) {
            consumer.pause(partitions);
        }
    }

    /** Drops the pending records of these partitions. Another member reads them. */
    void drop(Collection<TopicPartition> partitions) {
        removeDelivered();
        pending.removeIf(record -> partitions.contains(partitionOf(record)));
    }

    @Override
    public OptionalLong lowestPendingOffset(TopicPartition partition) {
        return pending.stream()
                .skip(delivered)
                .filter(record -> partition.equals(partitionOf(record)))
                .mapToLong(ConsumerRecord::offset)
                .findFirst();
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {
        offsets.forget(partitions);
        drop(partitions);
    }

    private static TopicPartition partitionOf(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private void removeDelivered() {
        pending.subList(0, delivered).clear();
        delivered = 0;
    }
}
