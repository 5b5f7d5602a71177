// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.consume.ConnectionWatch;
import io.flafka.consume.FirstOffsets;
import io.flafka.metrics.ChannelMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader against Kafka's own mock consumer: what it does for the sinks between two polls. */
class ChannelConsumerTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** Refuses the first commits, be they waited for or not. */
    private static final class Group extends MockConsumer<byte[], byte[]> {

        private final AtomicInteger commits = new AtomicInteger();
        private final AtomicInteger sent = new AtomicInteger();
        private volatile int refusals;
        private volatile KafkaException refusal = new KafkaException();

        Group() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        void refuse(int times, KafkaException reason) {
            refusal = reason;
            refusals = times;
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (commits.incrementAndGet() <= refusals) {
                throw refusal;
            }
            super.commitSync(offsets, timeout);
        }

        /** The mock calls it for a commit that is waited for, without a callback. */
        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
            if (callback != null && sent.incrementAndGet() <= refusals) {
                callback.onComplete(offsets, refusal);
            } else {
                super.commitAsync(offsets, callback);
            }
        }
    }

    private final Group group = new Group();
    private final ChannelMetrics metrics = new ChannelMetrics("c1");
    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAhead(1_000, 1L << 20));
    private ChannelConsumer reader = reader(LONG);
    private final Claim claim = new Claim();

    private ChannelConsumer reader(Duration commitInterval) {
        return new ChannelConsumer(
                new ChannelConsumer.Rules("c1", "t", commitInterval, PATIENCE),
                "reader",
                group,
                new ConnectionWatch("c1", "broker:9092", "topic t", names -> true, System::nanoTime),
                FirstOffsets.OF_KAFKA,
                buffer,
                metrics);
    }

    @BeforeEach
    void assignOneRecord() {
        group.schedulePollTask(() -> {
            group.rebalance(List.of(PARTITION));
            group.updateBeginningOffsets(Map.of(PARTITION, 0L));
            group.addRecord(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[] {1}));
        });
    }

    @AfterEach
    void stop() {
        reader.stop();
        assertThat(reader.awaitEnd(PATIENCE)).isTrue();
        assertThat(group.closed()).isTrue();
    }

    @Test
    void commitsAsSoonAsATransactionWaitsForIt() throws InterruptedException {
        TakeBuffer.Completed completed = takeAndComplete();

        assertThat(confirm(completed)).isEmpty();

        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void commitsAtIntervalsAndWithoutWaitingWhatNoTransactionWaitsFor() throws InterruptedException {
        reader = reader(Duration.ofMillis(5));

        takeAndComplete();

        await().untilAsserted(() -> assertThat(committed()).isEqualTo(1));
        assertThat(group.commits).hasValue(0);
    }

    @Test
    void whatKafkaDoesNotTakeUnwaitedForIsCommittedAgainAndWaitedFor() throws InterruptedException {
        group.refuse(1, new RetriableCommitFailedException("the coordinator has moved"));
        reader = reader(Duration.ofMillis(5));

        takeAndComplete();

        await().untilAsserted(() -> assertThat(committed()).isEqualTo(1));
        assertThat(group.sent).hasValue(1);
        assertThat(group.commits).hasValue(2);
        assertThat(metrics.getOffsetCommitFailCount()).isEqualTo(1);
    }

    @Test
    void aCommitRefusedInARebalanceIsMadeAfterThePollThatBringsItOn() throws InterruptedException {
        group.refuse(1, new RebalanceInProgressException("poll first"));

        assertThat(confirm(takeAndComplete())).isEmpty();

        assertThat(group.commits).hasValue(2);
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void aCommitThatKafkaDoesNotAnswerIsTriedAgainAndCounted() throws InterruptedException {
        group.refuse(1, new TimeoutException("no coordinator"));

        assertThat(confirm(takeAndComplete())).isEmpty();

        assertThat(metrics.getOffsetCommitFailCount()).isEqualTo(1);
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void aCommitThatKafkaRefusesIsToldToWhoWaitsAndStillOwed() throws InterruptedException {
        group.refuse(1, new GroupAuthorizationException("flume"));
        reader = reader(Duration.ofMillis(5));

        Optional<String> failure = confirm(takeAndComplete());

        assertThat(failure).hasValue("org.apache.kafka.common.errors.GroupAuthorizationException: flume");
        await().untilAsserted(() -> assertThat(committed()).isEqualTo(1));
    }

    @Test
    void theEndCommitsWhatIsDone() throws InterruptedException {
        takeAndComplete();

        reader.stop();
        reader.awaitEnd(PATIENCE);

        assertThat(group.commits).hasValue(1);
    }

    @Test
    void aMemberWhoseNameAnotherOneHasTakenStopsInsteadOfTakingItBack() throws InterruptedException {
        takeAndComplete();
        group.schedulePollTask(() -> {
            throw new FencedInstanceIdException("taken over");
        });

        assertThat(reader.awaitEnd(PATIENCE)).isTrue();

        assertThat(group.closed()).isTrue();
    }

    private TakeBuffer.Completed takeAndComplete() throws InterruptedException {
        reader.start();
        assertThat(buffer.refill(claim, PATIENCE)).isTrue();
        claim.next();
        return buffer.complete(claim);
    }

    private static Optional<String> confirm(TakeBuffer.Completed completed) {
        return new OffsetConfirmation.EachTransaction(PATIENCE).await(completed.readers());
    }

    private long committed() {
        OffsetAndMetadata offset = group.committed(Set.of(PARTITION)).get(PARTITION);
        return offset == null ? 0 : offset.offset();
    }
}
