// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** Kafka's mock consumer with a group that refuses the first commits, be they waited for or not, and that can take partitions away without asking. */
public final class MockGroup extends MockConsumer<byte[], byte[]> {

    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private final List<Map<TopicPartition, OffsetAndMetadata>> committed = new CopyOnWriteArrayList<>();
    private final Queue<RuntimeException> ofNextPauses = new ConcurrentLinkedQueue<>();
    private volatile boolean isReading;
    private volatile int refusals;
    private volatile KafkaException refusal = new KafkaException();
    private volatile @Nullable ConsumerRebalanceListener listener;
    private volatile @Nullable RuntimeException ofEachLookUp;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean pollsLast;
    private volatile boolean isInPoll;

    public MockGroup() {
        super(AutoOffsetResetStrategy.EARLIEST.name());
    }

    /** At its next poll it gets this partition, of which there are so many records of one byte. */
    MockGroup assign(TopicPartition partition, int records) {
        schedulePollTask(() -> {
            updateBeginningOffsets(Map.of(partition, 0L));
            updateEndOffsets(Map.of(partition, (long) records));
            rebalance(List.of(partition));
            add(partition, 0, records);
            isReading = true;
        });
        return this;
    }

    /** More of that partition's records. */
    void add(TopicPartition partition, int first, int count) {
        for (int offset = first; offset < first + count; offset++) {
            addRecord(new ConsumerRecord<>(
                    partition.topic(), partition.partition(), offset, new byte[0], new byte[] {1}));
        }
    }

    void refuse(int times, KafkaException reason) {
        refusal = reason;
        refusals = times;
    }

    /** Another member has these partitions already. */
    void lose(Collection<TopicPartition> partitions) {
        told().onPartitionsLost(partitions);
        // The mock calls no listener for what is assigned so.
        rebalance(List.of());
    }

    /** Another member gets all of these, which are all it has. */
    void revoke(Collection<TopicPartition> partitions) {
        told().onPartitionsRevoked(partitions);
        rebalance(List.of());
    }

    private ConsumerRebalanceListener told() {
        ConsumerRebalanceListener subscribed = listener;
        if (subscribed == null) {
            throw new IllegalStateException("not subscribed");
        }
        return subscribed;
    }

    /** From now on a poll that brings nothing lasts until it is woken, as Kafka's own consumer's does until its time is over. */
    void letPollsLast() {
        pollsLast = true;
    }

    /** Whether a poll has brought nothing and lasts. */
    boolean isInPoll() {
        return isInPoll;
    }

    /** The next one after it was assigned its partition, which is a pause of its own. */
    void failNextPause(RuntimeException reason) {
        ofNextPauses.add(reason);
    }

    /** Whether Kafka answers to anything but polls and commits. */
    void failLookUps(@Nullable RuntimeException reason) {
        ofEachLookUp = reason;
    }

    /** How many commits were waited for. */
    AtomicInteger commits() {
        return commits;
    }

    /** How many commits were sent without waiting. */
    AtomicInteger sent() {
        return sent;
    }

    /** What was committed, in order, also what was refused. */
    List<Map<TopicPartition, OffsetAndMetadata>> committed() {
        return committed;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // It must be possible to wake it.
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> read = super.poll(timeout);
        if (pollsLast && read.isEmpty()) {
            isInPoll = true;
            wakeUps.acquireUninterruptibly();
            isInPoll = false;
            throw new WakeupException();
        }
        return read;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void wakeup() {
        if (pollsLast) {
            wakeUps.release();
        } else {
            super.wakeup();
        }
    }

    @Override
    public synchronized void subscribe(Collection<String> topics, ConsumerRebalanceListener rebalanceListener) {
        listener = rebalanceListener;
        super.subscribe(topics, rebalanceListener);
    }

    @Override
    public synchronized void pause(Collection<TopicPartition> partitions) {
        RuntimeException failure = isReading ? ofNextPauses.poll() : null;
        if (failure != null) {
            throw failure;
        }
        super.pause(partitions);
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        RuntimeException failure = ofEachLookUp;
        if (failure != null) {
            throw failure;
        }
        return super.endOffsets(partitions, timeout);
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        committed.add(offsets);
        if (commits.incrementAndGet() <= refusals) {
            throw refusal;
        }
        super.commitSync(offsets, timeout);
    }

    /** The mock calls it for a commit that is waited for, without a callback. */
    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
        if (callback != null) {
            committed.add(offsets);
        }
        if (callback != null && sent.incrementAndGet() <= refusals) {
            callback.onComplete(offsets, refusal);
        } else {
            super.commitAsync(offsets, callback);
        }
    }
}
