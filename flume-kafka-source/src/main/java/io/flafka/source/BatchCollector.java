// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads records and keeps them until they have been handed over, so that a batch that failed is tried again from the records themselves.
 *
 * <p>For the thread that owns the consumer. Guarantee: records of a partition leave in the order of their offsets, none is skipped, and each call of
 * {@link #collect} polls, so that the group never expels a member that is held up downstream.
 */
final class BatchCollector {

    /** What Kafka needs to bring a rebalance on. */
    private static final Duration HELD_UP_POLL = Duration.ofMillis(100);

    /** Also without any wait an idle topic must not keep a processor busy. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);

    private final Consumer<String, byte[]> consumer;
    private final int batchSize;
    private final Duration wait;
    private final Deque<ConsumerRecord<String, byte[]>> pending = new ArrayDeque<>();
    private boolean heldUp;

    /**
     * For one consumer.
     *
     * @param batchSize the most records of a batch
     * @param wait how long to wait for the first record of a batch, which ends the wait
     */
    BatchCollector(Consumer<String, byte[]> consumer, int batchSize, Duration wait) {
        this.consumer = consumer;
        this.batchSize = batchSize;
        this.wait = wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
    }

    /** The next batch: the same records as before, until {@link #handedOver} says that they are gone. May be empty. */
    List<ConsumerRecord<String, byte[]>> collect() {
        if (pending.isEmpty()) {
            consumer.resume(consumer.paused());
            consumer.poll(wait).forEach(pending::add);
        } else {
            // A paused partition brings nothing more; the poll is for the group's sake, and may revoke or assign
            // partitions.
            consumer.pause(consumer.assignment());
            consumer.poll(heldUp ? HELD_UP_POLL : Duration.ZERO).forEach(pending::add);
        }
        heldUp = true;
        return head();
    }

    private List<ConsumerRecord<String, byte[]>> head() {
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>(Math.min(batchSize, pending.size()));
        Iterator<ConsumerRecord<String, byte[]>> records = pending.iterator();
        while (records.hasNext() && batch.size() < batchSize) {
            batch.add(records.next());
        }
        return batch;
    }

    /** The first records of the last batch have been handed over. */
    void handedOver(int count) {
        heldUp = false;
        for (int i = 0; i < count; i++) {
            pending.removeFirst();
        }
    }

    /** These partitions belong to another member, which will read what is pending here. */
    void drop(Collection<TopicPartition> partitions) {
        pending.removeIf(record -> partitions.contains(new TopicPartition(record.topic(), record.partition())));
    }
}
