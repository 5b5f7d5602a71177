// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.failure.FailureKind;
import io.flafka.testing.LogLines;
import io.flafka.testing.MovedClock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New partitions whose position cannot be set at once. */
class NoStartingOffsetTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    /** Has not found the offset of the first partition in ZooKeeper yet. */
    private final class Migration implements StartingOffsets {

        private final Set<TopicPartition> undecided = new HashSet<>();
        private final Set<TopicPartition> revoked = new HashSet<>();
        private final Set<TopicPartition> assigned = new HashSet<>();
        private boolean isWokenUp;

        @Override
        public void onAssigned(Collection<TopicPartition> partitions) {
            assigned.addAll(partitions);
            if (isWokenUp) {
                throw new WakeupException();
            }
            // Like the real migration, which resumes the partitions that it has decided.
            Set<TopicPartition> decided = new HashSet<>(partitions);
            decided.removeAll(undecided);
            consumer.resume(decided);
        }

        @Override
        public void onRevoked(Collection<TopicPartition> partitions) {
            revoked.addAll(partitions);
        }

        @Override
        public Set<TopicPartition> retryUndecided() {
            return Set.copyOf(undecided);
        }
    }

    private final ReadingComponent component = new ReadingComponent();
    private final ScriptedConsumer consumer = component.consumer;
    private final LogLines log = component.log;
    private final Migration migration = new Migration();
    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void createPartitions() {
        consumer.has(FIRST, 0, 0);
        consumer.has(SECOND, 0, 0);
    }

    @AfterEach
    void closeLog() {
        component.close();
    }

    @Test
    void partitionsStayPausedIfTheMigrationIsWokenUp() {
        ReadPositions positions = reading("earliest");
        migration.isWokenUp = true;

        assertThatThrownBy(() -> assign(FIRST)).isInstanceOf(WakeupException.class);

        assertThat(migration.assigned).containsExactly(FIRST);
        assertThat(consumer.paused()).containsExactly(FIRST);
        assertThat(positions.retryUndecided()).isEmpty();
    }

    @Test
    void partitionsAreReadEvenIfTheFirstCommitFails() {
        ReadPositions positions = reading("latest");
        consumer.failCommits();

        assign(FIRST);

        assertThat(positions.retryUndecided()).isEmpty();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void withNoneAMissingOffsetIsRejected() {
        ReadPositions positions = reading("none");

        assign(FIRST);

        assertThatThrownBy(() -> positions.poll(Duration.ZERO, component.pending))
                .isInstanceOf(NoStartingOffsetException.class)
                .hasMessageContaining("t-0 has no committed offset");
        assertThat(positions.retryUndecided()).containsExactly(FIRST);
        assign();
        assertThat(positions.retryUndecided()).isEmpty();
        assertThat(positions.poll(Duration.ZERO, component.pending)).isEmpty();
    }

    @Test
    void withNoneAnOffsetOfARecreatedTopicIsRejected() {
        ReadPositions positions = reading("none");
        commits(FIRST, 7, "flafka/1 topic=abc epoch=3");

        assign(FIRST);

        assertThatThrownBy(() -> positions.poll(Duration.ZERO, component.pending))
                .hasMessageContaining("t-0 belongs to a topic that was deleted and recreated");
    }

    @Test
    void aPartitionStaysPausedUntilItsOffsetIsKnownAndKafkaIsAskedEveryFiveSeconds() {
        ReadPositions positions = reading("earliest");
        commits(FIRST, 7, "");
        consumer.failCommitted(true);

        assign(FIRST);
        assertThat(consumer.paused()).containsExactly(FIRST);
        assertThat(positions.retryUndecided()).containsExactly(FIRST);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        assertThat(positions.retryUndecided()).containsExactly(FIRST);
        assertThat(consumer.committedCalls()).isEqualTo(1);

        nanos.addAndGet(1);
        assertThat(positions.retryUndecided()).containsExactly(FIRST);
        assertThat(consumer.committedCalls()).isEqualTo(2);
        consumer.failCommitted(false);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThat(positions.retryUndecided()).isEmpty();
        assertThat(consumer.position(FIRST)).isEqualTo(7);
        assertThat(log.lines())
                .containsExactly(
                        "WARN KafkaSource r1: cannot read t-0 yet, because the position of group g is not known:"
                                + " TimeoutException: no coordinator; "
                                + FailureKind.RETRY.consequence(),
                        "INFO KafkaSource r1: now reads t-0");
    }

    @Test
    void afterAWakeUpThePositionIsSetBeforeTheNextPoll() {
        ReadPositions positions = reading("earliest");
        commits(FIRST, 7, "");
        consumer.wakeUpNextCall();

        assertThatThrownBy(() -> assign(FIRST)).isInstanceOf(WakeupException.class);
        assertThat(consumer.paused()).containsExactly(FIRST);

        assertThat(positions.retryUndecided()).isEmpty();
        assertThat(consumer.position(FIRST)).isEqualTo(7);
    }

    @Test
    void otherPartitionsAreReadWhileTheMigrationIsUndecided() {
        ReadPositions positions = reading("none");
        commits(FIRST, 7, "");
        commits(SECOND, 8, "");
        migration.undecided.add(FIRST);

        assign(FIRST, SECOND);
        assertThat(consumer.paused()).containsExactly(FIRST);
        assertThat(positions.retryUndecided()).containsExactly(FIRST);
        assertThat(consumer.position(SECOND)).isEqualTo(8);
        assertThat(positions.poll(Duration.ZERO, component.pending)).isEmpty();

        migration.undecided.clear();
        assertThat(positions.retryUndecided()).isEmpty();
        assertThat(consumer.position(FIRST)).isEqualTo(7);
    }

    @Test
    void revokedPartitionsAreForgotten() {
        ReadPositions positions = reading("earliest");
        consumer.failCommitted(true);
        assign(FIRST);

        assign();

        assertThat(positions.retryUndecided()).isEmpty();
        assertThat(migration.revoked).containsExactly(FIRST);
        assertThat(ReadingComponent.metadata(positions)).isEmpty();
    }

    private ReadPositions reading(String reset) {
        return component.subscribe(reset, migration, new MovedClock(), nanos::get);
    }

    private void assign(TopicPartition... partitions) {
        consumer.rebalance(List.of(partitions));
    }

    private void commits(TopicPartition partition, long offset, String text) {
        consumer.hasCommitted(partition, new OffsetAndMetadata(offset, text));
    }
}
