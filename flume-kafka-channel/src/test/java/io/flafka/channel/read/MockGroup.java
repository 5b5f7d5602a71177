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

/** Kafka's mock consumer in a group that can refuse the first commits, synchronous or not, and can revoke partitions or lose them. */
public final class MockGroup extends MockConsumer<byte[], byte[]> {

    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private final List<Map<TopicPartition, OffsetAndMetadata>> committed = new CopyOnWriteArrayList<>();
    private final Queue<RuntimeException> pauseFailures = new ConcurrentLinkedQueue<>();
    private volatile boolean isReading;
    private volatile int refusals;
    private volatile KafkaException refusal = new KafkaException();
    private volatile @Nullable ConsumerRebalanceListener listener;
    private volatile @Nullable RuntimeException requestFailure;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean emptyPollsBlock;
    private volatile boolean isInPoll;

    public MockGroup() {
        super(AutoOffsetResetStrategy.EARLIEST.name());
    }

    /** Assigns this partition at the next poll, with this many records of one byte. */
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

    /** Adds records to the partition. */
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

    /** Takes these partitions away as if another member had them already. */
    void lose(Collection<TopicPartition> partitions) {
        subscribedListener().onPartitionsLost(partitions);
        // The mock does not call the listener here.
        rebalance(List.of());
    }

    /** Revokes these partitions, which must be all that are assigned. */
    void revoke(Collection<TopicPartition> partitions) {
        subscribedListener().onPartitionsRevoked(partitions);
        rebalance(List.of());
    }

    private ConsumerRebalanceListener subscribedListener() {
        ConsumerRebalanceListener subscribed = listener;
        if (subscribed == null) {
            throw new IllegalStateException("not subscribed");
        }
        return subscribed;
    }

    /** Makes each poll without records wait until it is woken. Kafka's own consumer waits until the timeout. */
    void blockEmptyPolls() {
        emptyPollsBlock = true;
    }

    /** Returns true while a poll without records waits. */
    boolean isInPoll() {
        return isInPoll;
    }

    /** Makes the next pause after the assignment fail. The assignment itself pauses too. */
    void failNextPause(RuntimeException reason) {
        pauseFailures.add(reason);
    }

    /** Makes all requests fail except polls and commits. */
    void failRequests(@Nullable RuntimeException reason) {
        requestFailure = reason;
    }

    /** Counts the synchronous commits. */
    AtomicInteger commits() {
        return commits;
    }

    /** Counts the asynchronous commits. */
    AtomicInteger sent() {
        return sent;
    }

    /** Returns all commits in order, refused ones too. */
    List<Map<TopicPartition, OffsetAndMetadata>> committed() {
        return committed;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // So that another thread can wake the poll.
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> read = super.poll(timeout);
        if (emptyPollsBlock && read.isEmpty()) {
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
        if (emptyPollsBlock) {
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
        RuntimeException failure = isReading ? pauseFailures.poll() : null;
        if (failure != null) {
            throw failure;
        }
        super.pause(partitions);
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        RuntimeException failure = requestFailure;
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

    /** The mock also calls this, without a callback, for a synchronous commit. */
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
