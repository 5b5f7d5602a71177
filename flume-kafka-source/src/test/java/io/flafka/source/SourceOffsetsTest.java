// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.consume.offsets.OffsetCommitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that offsets are committed once and in order, again after a failure, and never for partitions that are gone. */
class SourceOffsetsTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    /** Answers asynchronous commits on request. */
    private static final class Group extends MockConsumer<byte[], byte[]> {

        private final List<Map<TopicPartition, OffsetAndMetadata>> asyncCommits = new ArrayList<>();
        private final List<OffsetCommitCallback> callbacks = new ArrayList<>();
        private final List<Map<TopicPartition, OffsetAndMetadata>> syncCommits = new ArrayList<>();

        Group() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            asyncCommits.add(offsets);
            callbacks.add(callback);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            syncCommits.add(offsets);
            super.commitAsync(offsets, null);
        }

        void accept(int commit) {
            callbacks.get(commit).onComplete(asyncCommits.get(commit), null);
        }

        void reject(int commit) {
            callbacks.get(commit).onComplete(asyncCommits.get(commit), new RetriableCommitFailedException("moved"));
        }
    }

    private final Group group = new Group();
    private final SourceMetrics metrics = new SourceMetrics("r1");
    private final AtomicLong clock = new AtomicLong();
    private final SourceOffsets offsets =
            new SourceOffsets("r1", group, new OffsetCommitter(group), metrics, clock::get);

    @BeforeEach
    void assign() {
        group.assign(List.of(FIRST, SECOND));
    }

    @Test
    void commitsTheLastOffsetOfEachPartitionOnce() {
        offsets.markDelivered(List.of(record(FIRST, 0), record(FIRST, 1), record(SECOND, 7)));

        offsets.commitDelivered();
        offsets.commitDelivered();

        assertThat(group.asyncCommits).containsExactly(Map.of(FIRST, next(2), SECOND, next(8)));
    }

    @Test
    void distinguishesPartitionsOfTheSameNumberInSeveralTopics() {
        TopicPartition otherTopic = new TopicPartition("u", 0);
        offsets.markDelivered(List.of(record(FIRST, 3), record(otherTopic, 8)));

        offsets.commitDelivered();

        assertThat(group.asyncCommits).containsExactly(Map.of(FIRST, next(4), otherTopic, next(9)));
    }

    @Test
    void doesNotCommitAcceptedOffsetsAgain() {
        offsets.markDelivered(List.of(record(FIRST, 0)));
        offsets.commitDelivered();
        group.accept(0);

        offsets.commitDelivered();

        assertThat(group.asyncCommits).hasSize(1);
    }

    @Test
    void recordsDeliveredAfterACommitWasSentStayUncommitted() {
        offsets.markDelivered(List.of(record(FIRST, 0)));
        offsets.commitDelivered();
        offsets.markDelivered(List.of(record(FIRST, 1)));
        group.accept(0);

        offsets.commitDelivered();

        assertThat(group.asyncCommits).containsExactly(Map.of(FIRST, next(1)), Map.of(FIRST, next(2)));
    }

    @Test
    void doesNotRetryAFailedCommitIfALaterOneIncludesIt() {
        offsets.markDelivered(List.of(record(FIRST, 0), record(SECOND, 0)));
        offsets.commitDelivered();
        deliver(0, 5);
        group.reject(0);
        group.accept(1);

        offsets.commitDelivered();

        assertThat(group.asyncCommits).hasSize(2).last().isEqualTo(Map.of(FIRST, next(5), SECOND, next(1)));
        assertThat(group.syncCommits).isEmpty();
        assertThat(metrics.group().number("OffsetCommitFailCount")).isEqualTo(1);
    }

    @Test
    void waitsForTheRetryOfAFailedCommitOnly() {
        offsets.markDelivered(List.of(record(FIRST, 0)));
        offsets.commitDelivered();
        group.reject(0);

        offsets.markDelivered(List.of(record(FIRST, 1)));
        offsets.commitDelivered();
        offsets.markDelivered(List.of(record(FIRST, 2)));
        offsets.commitDelivered();

        assertThat(group.syncCommits).containsExactly(Map.of(FIRST, next(2)));
        assertThat(group.asyncCommits).containsExactly(Map.of(FIRST, next(1)), Map.of(FIRST, next(3)));
    }

    @Test
    void commitsSeveralQuickBatchesTogetherWhileACommitIsUnanswered() {
        deliver(0, 5);
        assertThat(group.asyncCommits).containsExactly(Map.of(FIRST, next(1)));

        deliver(5, 1);
        assertThat(group.asyncCommits).hasSize(2).last().isEqualTo(Map.of(FIRST, next(6)));

        deliver(6, 1);
        group.accept(0);
        group.accept(1);
        deliver(7, 1);
        assertThat(group.asyncCommits).hasSize(3).last().isEqualTo(Map.of(FIRST, next(8)));
    }

    @Test
    void commitsAtOnceBeforeAWait() {
        deliver(0, 2);

        offsets.commitDelivered();

        assertThat(group.asyncCommits).hasSize(2).last().isEqualTo(Map.of(FIRST, next(2)));
    }

    @Test
    void commitsASlowBatchAtOnce() {
        deliver(0, 1);
        clock.addAndGet(Duration.ofMillis(100).toNanos());
        deliver(1, 1);

        assertThat(group.asyncCommits).hasSize(2).last().isEqualTo(Map.of(FIRST, next(2)));
    }

    @Test
    void waitsForEachCommitWhileAnswersLag() {
        deliver(0, 40);
        assertThat(group.asyncCommits).hasSize(5).last().isEqualTo(Map.of(FIRST, next(21)));
        assertThat(group.syncCommits).hasSize(3).last().isEqualTo(Map.of(FIRST, next(36)));

        group.accept(0);
        deliver(40, 1);

        assertThat(group.asyncCommits).hasSize(6).last().isEqualTo(Map.of(FIRST, next(41)));
    }

    /** Delivers batches of one record. */
    private void deliver(long firstOffset, int batches) {
        for (long offset = firstOffset; offset < firstOffset + batches; offset++) {
            offsets.markDelivered(List.of(record(FIRST, offset)));
            offsets.onBatchEnd();
        }
    }

    @Test
    void waitsBeforeARevocationAndNeverCommitsTheRevokedPartitionAgain() {
        offsets.markDelivered(List.of(record(FIRST, 4), record(SECOND, 5)));
        offsets.commitDelivered();

        offsets.onRevoked(List.of(FIRST));
        group.reject(0);
        offsets.commitDelivered();

        assertThat(group.syncCommits).containsExactly(Map.of(FIRST, next(5)), Map.of(SECOND, next(6)));
    }

    @Test
    void doesNotCommitLostPartitions() {
        offsets.markDelivered(List.of(record(FIRST, 4)));

        offsets.onLost(List.of(FIRST));
        offsets.commitDelivered();
        offsets.commitBeforeClose();

        assertThat(group.asyncCommits).isEmpty();
        assertThat(group.committed(Set.of(FIRST))).isEmpty();
    }

    @Test
    void commitsTheSameOffsetAgainAfterALostPartitionComesBack() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        offsets.commitDelivered();
        offsets.onLost(List.of(FIRST));

        offsets.markDelivered(List.of(record(FIRST, 4)));
        offsets.commitDelivered();

        assertThat(group.asyncCommits).hasSize(2);
    }

    @Test
    void waitsForTheLastCommit() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        offsets.commitDelivered();

        offsets.commitBeforeClose();

        assertThat(group.committed(Set.of(FIRST))).isEqualTo(Map.of(FIRST, next(5)));
    }

    private static OffsetAndMetadata next(long offset) {
        return new OffsetAndMetadata(offset);
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], new byte[0]);
    }
}
