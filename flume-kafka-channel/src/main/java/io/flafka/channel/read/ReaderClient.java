// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.channel.take.AssignedQueues;
import io.flafka.consume.ConsumerCompatibility;
import io.flafka.consume.GroupMembership;
import io.flafka.consume.offsets.ReadPositions;
import io.flafka.failure.ClientAccess;
import io.flafka.lifecycle.StartedResources;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a reader's Kafka consumer, and replaces it after a failure.
 *
 * <p>For the reader's thread, except {@link #wakeUp}. Guarantee: at most one consumer is open at any time.
 */
public final class ReaderClient {

    /** Creates the reader's consumer and what depends on it. */
    public interface Factory {
        /**
         * Creates a consumer, which connects when it is first used.
         *
         * @throws org.apache.flume.FlumeException if the consumer rejects its settings
         */
        Consumer<byte[], byte[]> consumer();

        /** Creates the positions from which that consumer reads its partitions. */
        ReadPositions positions(Consumer<byte[], byte[]> consumer);

        /** Returns the {@code group.protocol} of the consumers. */
        String groupProtocol();

        /** Returns how messages name the consumers' brokers and user. */
        ClientAccess access();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ReaderClient.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Factory factory;
    private final String topic;
    private final ConsumerRebalanceListener listener;
    /** Held while the consumer is replaced, closed or woken, so that no other thread wakes a closed one. The reader's thread reads without it. */
    private final Object wakeUpLock = new Object();

    private Consumer<byte[], byte[]> consumer;
    private ReadPositions positions;
    private GroupMembership membership;
    private boolean isOpen = true;

    /** Creates the first consumer. The listener is called on the thread that polls. */
    ReaderClient(Factory factory, String topic, ConsumerRebalanceListener listener) {
        this.factory = factory;
        this.topic = topic;
        this.listener = listener;
        try (StartedResources parts = new StartedResources()) {
            this.consumer = parts.add(factory.consumer(), ReaderClient::close);
            this.positions = factory.positions(consumer);
            this.membership = membershipOf(consumer);
            parts.handOver();
        }
    }

    private GroupMembership membershipOf(Consumer<byte[], byte[]> member) {
        return new GroupMembership(factory.groupProtocol(), member, () -> member.subscribe(List.of(topic), listener));
    }

    boolean isOpen() {
        return isOpen;
    }

    Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    ReadPositions positions() {
        return positions;
    }

    /** Joins the group if needed, and returns the next records. Before that, moves back the partitions that sinks have abandoned. */
    ConsumerRecords<byte[], byte[]> poll(Duration timeout, AssignedQueues queues) {
        try {
            membership.ensureSubscribed();
            positions.readAgain(queues.sinkCommits().takePartitionsToReadAgain(), queues);
            ConsumerRecords<byte[], byte[]> read = positions.poll(timeout, queues);
            queues.sinkCommits().setMembership(consumer.groupMetadata(), positions::withMetadata);
            membership.afterPoll();
            return read;
        } catch (KafkaException refusal) {
            membership.onFailure(refusal);
            throw refusal;
        }
    }

    /** Returns true if the consumer will never read again, although it reports no failure, so that it must be replaced. */
    boolean hasLeftGroup() {
        return membership.hasLeft();
    }

    /**
     * Ends the current poll, or the next one. For any thread. Does nothing after {@link #close}: Kafka does not define a wake-up of a closed
     * consumer.
     */
    void wakeUp() {
        synchronized (wakeUpLock) {
            if (isOpen) {
                consumer.wakeup();
            }
        }
    }

    /** Pauses these partitions, and resumes all others. */
    void pauseOnly(Set<TopicPartition> partitions) {
        Set<TopicPartition> pause = new HashSet<>(partitions);
        pause.retainAll(consumer.assignment());
        Set<TopicPartition> resume = new HashSet<>(consumer.paused());
        if (!pause.equals(resume)) {
            resume.removeAll(pause);
            forEachStillAssigned(pause, consumer::pause);
            forEachStillAssigned(resume, consumer::resume);
        }
    }

    /** With {@code group.protocol=consumer}, Kafka's client gives partitions up on its own thread, so also between two calls here. */
    private static void forEachStillAssigned(
            Set<TopicPartition> partitions, java.util.function.Consumer<Collection<TopicPartition>> call) {
        for (TopicPartition partition : partitions) {
            try {
                call.accept(List.of(partition));
            } catch (IllegalStateException revoked) {
                LOG.debug("Partition {} was revoked meanwhile", partition, revoked);
            }
        }
    }

    /**
     * Creates another consumer. The current one must be closed.
     *
     * @throws org.apache.flume.FlumeException if the consumer rejects its settings, which can pass: one of its files may be being replaced
     */
    void replace() {
        try (StartedResources parts = new StartedResources()) {
            Consumer<byte[], byte[]> next = parts.add(factory.consumer(), ReaderClient::close);
            positions = factory.positions(next);
            membership = membershipOf(next);
            synchronized (wakeUpLock) {
                consumer = next;
                isOpen = true;
            }
            parts.handOver();
        }
    }

    /** Closes the consumer within a bounded time. Does nothing if it is closed. */
    void close() {
        synchronized (wakeUpLock) {
            if (!isOpen) {
                return;
            }
            isOpen = false;
        }
        close(consumer);
    }

    private static void close(Consumer<byte[], byte[]> closing) {
        ConsumerCompatibility.close(closing, CLOSE_TIMEOUT);
    }
}
