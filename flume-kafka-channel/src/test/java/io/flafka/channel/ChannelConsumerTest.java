// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.consume.ConnectionWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader against Kafka's own mock consumer: what it does for the sinks between two polls. */
class ChannelConsumerTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** In a rebalance, as Kafka's consumer is: it refuses commits until the next poll. */
    private static final class Group extends MockConsumer<String, byte[]> {

        private final AtomicBoolean rebalancing = new AtomicBoolean();
        private final AtomicInteger refusedCommits = new AtomicInteger();

        Group() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
            if (refusedCommits.get() > 0) {
                rebalancing.set(false);
            }
            return super.poll(timeout);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (rebalancing.get()) {
                refusedCommits.incrementAndGet();
                throw new RebalanceInProgressException("poll first");
            }
            super.commitSync(offsets, timeout);
        }
    }

    private final Group group = new Group();
    private final ChannelConsumer reader = new ChannelConsumer(
            "c1", "t", group, new ConnectionWatch("c1", "broker:9092", "topic t", names -> true, Clock.systemUTC()));
    private final Claim claim = new Claim();

    @BeforeEach
    void startWithOneRecord() {
        group.schedulePollTask(() -> {
            group.rebalance(List.of(PARTITION));
            group.updateBeginningOffsets(Map.of(PARTITION, 0L));
            group.addRecord(new ConsumerRecord<>("t", 0, 0, "key", new byte[] {1}));
        });
        reader.start();
    }

    @AfterEach
    void stop() {
        reader.stop();
    }

    @Test
    void commitsWhatASinkHasTaken() throws InterruptedException {
        assertThat(reader.buffer().take(claim, PATIENCE)).isPresent();

        Optional<String> failure = reader.buffer().requestCommit(claim).awaitFailure(PATIENCE);

        assertThat(failure).isEmpty();
        assertThat(group.committed(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(1)));
    }

    @Test
    void aCommitRefusedInARebalanceIsMadeAfterThePollThatBringsItOn() throws InterruptedException {
        assertThat(reader.buffer().take(claim, PATIENCE)).isPresent();
        group.rebalancing.set(true);

        Optional<String> failure = reader.buffer().requestCommit(claim).awaitFailure(PATIENCE);

        assertThat(failure).isEmpty();
        assertThat(group.refusedCommits).hasValue(1);
        assertThat(group.committed(Set.of(PARTITION))).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(1)));
    }

    @Test
    void theEndClosesTheConsumerOnItsOwnThread() {
        reader.stop();

        assertThat(group.closed()).isTrue();
    }
}
