// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.consume.GroupMembership;
import io.flafka.consume.KafkaVersions;
import io.flafka.consume.offsets.ReadPositions;
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
 * The Kafka consumer of a reader, and the next one when that has become of no use.
 *
 * <p>For the reader's thread, but for {@link #wakeUp}. Guarantee: there is never more than one consumer that is not closed.
 */
public final class ReaderClient {

    /** Makes what a reader needs of Kafka's client. */
    public interface Maker {
        /**
         * A new consumer, which connects when it is used.
         *
         * @throws org.apache.flume.FlumeException if it refuses its settings
         */
        Consumer<byte[], byte[]> consumer();

        /** Where that consumer reads its partitions from. */
        ReadPositions positions(Consumer<byte[], byte[]> consumer);

        /** By which a consumer is a member of its group. */
        String groupProtocol();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ReaderClient.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Maker maker;
    private final String topic;
    private final ConsumerRebalanceListener listener;
    private final Object wakingUp = new Object();
    private Consumer<byte[], byte[]> consumer;
    private ReadPositions positions;
    private GroupMembership member;
    private boolean isOpen = true;

    /** With a first consumer, which is made at once; the listener is called on the thread that polls. */
    ReaderClient(Maker maker, String topic, ConsumerRebalanceListener listener) {
        this.maker = maker;
        this.topic = topic;
        this.listener = listener;
        try (StartedResources parts = new StartedResources()) {
            this.consumer = parts.add(maker.consumer(), ReaderClient::close);
            this.positions = maker.positions(consumer);
            this.member = memberOf(consumer);
            parts.handOver();
        }
    }

    private GroupMembership memberOf(Consumer<byte[], byte[]> fresh) {
        return new GroupMembership(maker.groupProtocol(), fresh, () -> fresh.subscribe(List.of(topic), listener));
    }

    /** Whether it has a consumer that can be used. */
    boolean isOpen() {
        return isOpen;
    }

    Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    ReadPositions positions() {
        return positions;
    }

    /** The next records. */
    ConsumerRecords<byte[], byte[]> poll(Duration time, ReadPositions.PendingRecords kept) {
        try {
            member.ensureSubscribed();
            ConsumerRecords<byte[], byte[]> read = positions.poll(time, kept);
            member.afterPoll();
            return read;
        } catch (KafkaException refusal) {
            member.onFailure(refusal);
            throw refusal;
        }
    }

    /** Whether the consumer reads nothing more, without a word: only another one does. */
    boolean hasLeftItsGroup() {
        return member.hasLeft();
    }

    /** Ends a poll under way, or the next one. For any thread; Kafka does not say what it does to a consumer that is closed, so nothing then. */
    void wakeUp() {
        synchronized (wakingUp) {
            if (isOpen) {
                consumer.wakeup();
            }
        }
    }

    /** Has exactly these of its partitions paused. */
    void pause(Set<TopicPartition> wanted) {
        Set<TopicPartition> pause = new HashSet<>(wanted);
        pause.retainAll(consumer.assignment());
        Set<TopicPartition> resume = new HashSet<>(consumer.paused());
        if (!pause.equals(resume)) {
            resume.removeAll(pause);
            forThoseStillHere(pause, consumer::pause);
            forThoseStillHere(resume, consumer::resume);
        }
    }

    /** With {@code group.protocol=consumer} Kafka's client gives a partition up on a thread of its own: also between two calls made here. */
    private static void forThoseStillHere(
            Set<TopicPartition> partitions, java.util.function.Consumer<Collection<TopicPartition>> call) {
        for (TopicPartition partition : partitions) {
            try {
                call.accept(List.of(partition));
            } catch (IllegalStateException gone) {
                LOG.debug("{} has just gone", partition, gone);
            }
        }
    }

    /**
     * Another consumer in the place of this one, which must be closed.
     *
     * @throws org.apache.flume.FlumeException if it refuses its settings, as with a file that is just being exchanged
     */
    void replace() {
        try (StartedResources parts = new StartedResources()) {
            Consumer<byte[], byte[]> fresh = parts.add(maker.consumer(), ReaderClient::close);
            positions = maker.positions(fresh);
            member = memberOf(fresh);
            synchronized (wakingUp) {
                consumer = fresh;
                isOpen = true;
            }
            parts.handOver();
        }
    }

    /** Ends the consumer within a bound, if it has not ended. */
    void close() {
        synchronized (wakingUp) {
            if (!isOpen) {
                return;
            }
            isOpen = false;
        }
        close(consumer);
    }

    private static void close(Consumer<byte[], byte[]> ending) {
        KafkaVersions.close(ending, CLOSE_TIMEOUT);
    }
}
