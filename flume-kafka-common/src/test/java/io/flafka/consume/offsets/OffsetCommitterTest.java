// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A commit survives a wake-up or interrupt meant for the poll. A failed commit throws. */
class OffsetCommitterTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS = Map.of(PARTITION, new OffsetAndMetadata(5));
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Fails the next commit as a test says. */
    private static final class FailingConsumer extends MockConsumer<String, byte[]> {

        private @Nullable RuntimeException nextFailure;
        private int commits;

        FailingConsumer() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            commits++;
            RuntimeException failure = nextFailure;
            nextFailure = null;
            if (failure != null) {
                throw failure;
            }
            super.commitSync(offsets, timeout);
        }
    }

    private final FailingConsumer consumer = new FailingConsumer();
    private final OffsetCommitter committer = new OffsetCommitter(consumer);

    @BeforeEach
    void assign() {
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void commitSyncReturnsWhenKafkaHasTheOffsets() {
        committer.commitSync(OFFSETS, TIMEOUT);

        assertThat(consumer.committed(Set.of(PARTITION))).isEqualTo(OFFSETS);
    }

    @Test
    void doesNotSendTheSameUnansweredOffsetsTwice() {
        List<OffsetCommitCallback> answers = new ArrayList<>();
        OffsetCommitter sender = new OffsetCommitter(new MockConsumer<String, byte[]>("earliest") {
            @Override
            public synchronized void commitAsync(
                    Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
                answers.add(callback);
            }
        });

        sender.commitAsync(OFFSETS, (offsets, failure) -> {});
        sender.commitAsync(OFFSETS, (offsets, failure) -> {});
        assertThat(answers).hasSize(1);

        answers.get(0).onComplete(OFFSETS, null);
        sender.commitAsync(OFFSETS, (offsets, failure) -> {});
        assertThat(answers).hasSize(2);
    }

    @Test
    void hasTooManyUnansweredAfterFiveCommitsWithoutAnswer() {
        MockConsumer<String, byte[]> silent = new MockConsumer<>("earliest") {
            @Override
            public synchronized void commitAsync(
                    Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
                // Never answers.
            }
        };
        OffsetCommitter sender = new OffsetCommitter(silent);

        for (int offset = 1; offset <= 5; offset++) {
            assertThat(sender.hasTooManyUnanswered()).isFalse();
            sender.commitAsync(Map.of(PARTITION, new OffsetAndMetadata(offset)), (offsets, failure) -> {});
        }

        assertThat(sender.hasTooManyUnanswered()).isTrue();
    }

    @Test
    void sendsNothingIfThereAreNoOffsets() {
        committer.commitSync(Map.of(), TIMEOUT);

        assertThat(consumer.commits).isZero();
    }

    @Test
    void aWakeUpLosesNoCommit() {
        consumer.nextFailure = new WakeupException();

        committer.commitSync(OFFSETS, TIMEOUT);

        assertThat(consumer.committed(Set.of(PARTITION))).isEqualTo(OFFSETS);
    }

    @Test
    void anInterruptLosesNoCommitAndSetsTheFlagAgain() {
        consumer.nextFailure = new InterruptException("stop");

        committer.commitSync(OFFSETS, TIMEOUT);

        assertThat(consumer.committed(Set.of(PARTITION))).isEqualTo(OFFSETS);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aFailedCommitThrows() {
        consumer.nextFailure = new GroupAuthorizationException("flume");

        assertThatThrownBy(() -> committer.commitSync(OFFSETS, TIMEOUT))
                .isInstanceOf(GroupAuthorizationException.class);
        assertThat(consumer.committed(Set.of(PARTITION))).isEmpty();
    }
}
