// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.consume.offsets.ReadPositions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads records and keeps them until they have been handed over, so that a batch that failed is tried again from the records themselves.
 *
 * <p>For the thread that owns the consumer. Guarantee: records of a partition leave in the order of their offsets, none is skipped, and each call of
 * {@link #collect} polls, so that the group never expels a member that is held up downstream.
 */
final class BatchCollector implements ReadPositions.PendingRecords {

    /** What Kafka needs to bring a rebalance on. */
    private static final Duration HELD_UP_POLL = Duration.ofMillis(100);

    /** Also without any wait an idle topic must not keep a processor busy. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);

    private final Consumer<byte[], byte[]> consumer;
    private final BatchBounds bounds;
    private final ReadPositions positions;
    private final SourceOffsets offsets;
    private final Duration wait;
    private final List<ConsumerRecord<byte[], byte[]>> pending = new ArrayList<>();
    private long polled = System.nanoTime();
    private Duration worked = Duration.ZERO;
    private int gone;
    private boolean heldUp;

    BatchCollector(
            Consumer<byte[], byte[]> consumer, BatchBounds bounds, ReadPositions positions, SourceOffsets offsets) {
        this.consumer = consumer;
        this.bounds = bounds;
        this.positions = positions;
        this.offsets = offsets;
        this.wait = bounds.duration().compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : bounds.duration();
    }

    /** The next batch: the same records as before, but for those that {@link #handedOver} says are gone. May be empty. */
    List<ConsumerRecord<byte[], byte[]>> collect() {
        int left = pending.size() - gone;
        if (left > 0 && (heldUp || left >= bounds.least())) {
            stayInGroup(heldUp ? HELD_UP_POLL : Duration.ZERO);
        } else {
            forgetGone();
            fetch();
        }
        heldUp = true;
        return pending.subList(gone, Math.min(gone + bounds.most(), pending.size()));
    }

    /** Looks for records, and waits for {@link BatchBounds#least} of them as soon as there is one, as what is left over from the last batch. */
    private void fetch() {
        resume();
        if (pending.isEmpty()) {
            poll(wait);
        } else {
            poll(Duration.ZERO);
        }
        long end = System.nanoTime() + bounds.duration().toNanos();
        long left = bounds.duration().toNanos();
        while (!pending.isEmpty() && pending.size() < bounds.least() && left > 0) {
            poll(Duration.ofNanos(left));
            left = end - System.nanoTime();
        }
    }

    private void resume() {
        Set<TopicPartition> undecided = positions.retryUndecided();
        Set<TopicPartition> paused = new HashSet<>(consumer.paused());
        paused.removeAll(undecided);
        consumer.resume(paused);
    }

    /** Polls while records are pending. A paused partition brings nothing more; the poll may revoke or assign partitions. */
    void stayInGroup(Duration time) {
        consumer.pause(consumer.assignment());
        poll(time);
    }

    private void poll(Duration time) {
        worked = Duration.ofNanos(System.nanoTime() - polled);
        try {
            for (ConsumerRecord<byte[], byte[]> record : positions.poll(time, this)) {
                pending.add(record);
            }
        } finally {
            polled = System.nanoTime();
        }
    }

    /** How long something else was done between the last two polls, of which one may be under way. */
    Duration worked() {
        return worked;
    }

    /** The first records of the last batch have been handed over; the others of it may follow before the next is collected. */
    void handedOver(int count) {
        heldUp = false;
        gone += count;
    }

    /** These partitions are ours from now on. They bring nothing before what is pending has gone, or there would be more than was asked for. */
    void assigned(Collection<TopicPartition> partitions) {
        if (!pending.isEmpty()) {
            consumer.pause(partitions);
        }
    }

    /** These partitions belong to another member, which will read what is pending here. */
    void drop(Collection<TopicPartition> partitions) {
        forgetGone();
        pending.removeIf(record -> partitions.contains(partitionOf(record)));
    }

    @Override
    public OptionalLong lowestPendingOffset(TopicPartition partition) {
        return pending.stream()
                .skip(gone)
                .filter(record -> partition.equals(partitionOf(record)))
                .mapToLong(ConsumerRecord::offset)
                .findFirst();
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {
        offsets.drop(partitions);
        drop(partitions);
    }

    private static TopicPartition partitionOf(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private void forgetGone() {
        pending.subList(0, gone).clear();
        gone = 0;
    }
}
