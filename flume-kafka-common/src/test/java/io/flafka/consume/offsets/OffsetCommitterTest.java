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

/** A commit survives what was meant for the poll, and a failed one shows. */
class OffsetCommitterTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS = Map.of(PARTITION, new OffsetAndMetadata(5));
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Fails commits as it is told. */
    private static final class FailingConsumer extends MockConsumer<String, byte[]> {

        private @Nullable RuntimeException next;
        private int commits;

        FailingConsumer() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            commits++;
            RuntimeException failure = next;
            next = null;
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
    void kafkaHasTheOffsetsWhenItReturns() {
        committer.commit(OFFSETS, PATIENCE);

        assertThat(consumer.committed(Set.of(PARTITION))).isEqualTo(OFFSETS);
    }

    @Test
    void sendsWhatIsOnItsWayOnlyOnce() {
        List<OffsetCommitCallback> answers = new ArrayList<>();
        OffsetCommitter sender = new OffsetCommitter(new MockConsumer<String, byte[]>("earliest") {
            @Override
            public synchronized void commitAsync(
                    Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
                answers.add(callback);
            }
        });

        sender.send(OFFSETS, (offsets, failure) -> {});
        sender.send(OFFSETS, (offsets, failure) -> {});
        assertThat(answers).hasSize(1);

        answers.get(0).onComplete(OFFSETS, null);
        sender.send(OFFSETS, (offsets, failure) -> {});
        assertThat(answers).hasSize(2);
    }

    @Test
    void isBehindWhileFiveAreUnanswered() {
        MockConsumer<String, byte[]> silent = new MockConsumer<>("earliest") {
            @Override
            public synchronized void commitAsync(
                    Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
                // Nobody answers.
            }
        };
        OffsetCommitter sender = new OffsetCommitter(silent);

        for (int offset = 1; offset <= 5; offset++) {
            assertThat(sender.isBehind()).isFalse();
            sender.send(Map.of(PARTITION, new OffsetAndMetadata(offset)), (offsets, failure) -> {});
        }

        assertThat(sender.isBehind()).isTrue();
    }

    @Test
    void asksNothingOfKafkaWhenNothingIsOwed() {
        committer.commit(Map.of(), PATIENCE);

        assertThat(consumer.commits).isZero();
    }

    @Test
    void aWakeUpMeantForThePollLosesNoCommit() {
        consumer.next = new WakeupException();

        committer.commit(OFFSETS, PATIENCE);

        assertThat(consumer.committed(Set.of(PARTITION))).isEqualTo(OFFSETS);
    }

    @Test
    void anInterruptLosesNoCommitAndIsGivenBack() {
        consumer.next = new InterruptException("stop");

        committer.commit(OFFSETS, PATIENCE);

        assertThat(consumer.committed(Set.of(PARTITION))).isEqualTo(OFFSETS);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aFailureIsNeverTakenForSuccess() {
        consumer.next = new GroupAuthorizationException("flume");

        assertThatThrownBy(() -> committer.commit(OFFSETS, PATIENCE)).isInstanceOf(GroupAuthorizationException.class);
        assertThat(consumer.committed(Set.of(PARTITION))).isEmpty();
    }
}
