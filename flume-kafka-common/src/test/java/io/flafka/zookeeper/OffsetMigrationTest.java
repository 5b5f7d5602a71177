// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.consume.offsets.StartingOffsets;
import io.flafka.testing.LogLines;
import io.flafka.testing.MovedClock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The migration of a group's offsets, with Kafka's mock consumer. */
class OffsetMigrationTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("u", 0);

    /** Fails reads and commits of offsets as a test says. */
    private static final class MigratingConsumer extends MockConsumer<byte[], byte[]> {

        private boolean committedFails;
        private boolean commitsFail;
        private boolean isWokenUp;
        private int committedCalls;

        MigratingConsumer() {
            super("latest");
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> partitions, Duration timeout) {
            committedCalls++;
            if (isWokenUp) {
                isWokenUp = false;
                throw new WakeupException();
            }
            if (committedFails) {
                throw new TimeoutException("no coordinator");
            }
            return super.committed(partitions);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (commitsFail) {
                throw new TimeoutException("no coordinator");
            }
            super.commitSync(offsets, timeout);
        }
    }

    private final MigratingConsumer consumer = new MigratingConsumer();
    private final FakeZooKeeper zookeeper = new FakeZooKeeper();
    private final MovedClock clock = new MovedClock();
    private final StartingOffsets migration =
            new OffsetMigration("KafkaSource r1", consumer, new ZooKeeperOffsets("zk:2181", zookeeper, "g"), clock);

    @BeforeEach
    void subscribe() {
        consumer.subscribe(List.of("t", "u"), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                migration.onRevoked(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                migration.onAssigned(partitions);
            }
        });
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 100L, SECOND, 100L));
    }

    @Test
    void migratesTheOffsetOfEachTopic() {
        zookeeper.with("/consumers/g/offsets/t/0", "7").with("/consumers/g/offsets/u/0", "8");

        consumer.rebalance(List.of(FIRST, SECOND));

        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(7), SECOND, new OffsetAndMetadata(8)));
        assertThat(consumer.position(FIRST)).isEqualTo(7);
        assertThat(consumer.position(SECOND)).isEqualTo(8);
        assertReadsEverything();
    }

    @Test
    void neverReplacesAnOffsetInKafka() {
        zookeeper.with("/consumers/g/offsets/t/0", "7").with("/consumers/g/offsets/u/0", "8");
        consumer.rebalance(List.of());
        consumer.commitSync(Map.of(FIRST, new OffsetAndMetadata(50)));

        consumer.rebalance(List.of(FIRST, SECOND));

        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(50), SECOND, new OffsetAndMetadata(8)));
        assertReadsEverything();
    }

    @Test
    void needsNoZooKeeperIfKafkaHasTheOffsets() {
        consumer.rebalance(List.of());
        consumer.commitSync(Map.of(FIRST, new OffsetAndMetadata(50)));
        zookeeper.goDown();

        consumer.rebalance(List.of(FIRST));

        assertReadsEverything();
    }

    @Test
    void commitsNothingIfZooKeeperHasNoOffset() {
        consumer.rebalance(List.of(FIRST));

        assertThat(committed()).isEmpty();
        assertReadsEverything();
    }

    @Test
    void startsAtTheOldestRecordIfTheOffsetInZooKeeperIsLower() {
        zookeeper.with("/consumers/g/offsets/t/0", "7");
        consumer.updateBeginningOffsets(Map.of(FIRST, 20L));

        try (LogLines log = new LogLines(OffsetMigration.class)) {
            consumer.rebalance(List.of(FIRST));

            assertThat(log.lines())
                    .containsExactly(
                            "INFO KafkaSource r1: migrated the offset of group g from ZooKeeper zk:2181 to Kafka: t-0"
                                    + " continues at offset 20 (in ZooKeeper: 7; older than the oldest record in Kafka)");
        }
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(20)));
    }

    @Test
    void readsNothingWhileZooKeeperIsDownAndRetries() {
        zookeeper.with("/consumers/g/offsets/t/0", "7");
        zookeeper.goDown();

        consumer.rebalance(List.of(FIRST));

        assertThat(consumer.paused()).containsExactly(FIRST);
        zookeeper.comeBack();
        assertThat(migration.retryUndecided()).containsExactly(FIRST);
        assertThat(zookeeper.connections()).isZero();
        clock.move(Duration.ofSeconds(5));
        assertThat(migration.retryUndecided()).isEmpty();
        assertThat(consumer.position(FIRST)).isEqualTo(7);
    }

    @Test
    void readsNothingWhileKafkaDoesNotReturnCommittedOffsets() {
        consumer.committedFails = true;

        consumer.rebalance(List.of(FIRST));

        assertThat(consumer.paused()).containsExactly(FIRST);
        assertThat(migration.retryUndecided()).containsExactly(FIRST);
        assertThat(zookeeper.connections()).isZero();
    }

    @Test
    void readsNothingWhileKafkaRejectsTheCommit() {
        zookeeper.with("/consumers/g/offsets/t/0", "7");
        consumer.commitsFail = true;

        consumer.rebalance(List.of(FIRST));

        assertThat(consumer.paused()).containsExactly(FIRST);
        assertThat(migration.retryUndecided()).containsExactly(FIRST);
    }

    @Test
    void afterAWakeUpMigratesBeforeTheNextPoll() {
        zookeeper.with("/consumers/g/offsets/t/0", "7");
        consumer.isWokenUp = true;

        assertThatThrownBy(() -> consumer.rebalance(List.of(FIRST))).isInstanceOf(WakeupException.class);

        assertThat(consumer.paused()).containsExactly(FIRST);
        assertThat(migration.retryUndecided()).isEmpty();
        assertThat(consumer.position(FIRST)).isEqualTo(7);
    }

    @Test
    void doesNotRetryARevokedPartition() {
        zookeeper.goDown();
        consumer.rebalance(List.of(FIRST, SECOND));

        consumer.rebalance(List.of(SECOND));

        assertThat(migration.retryUndecided()).containsExactly(SECOND);
    }

    @Test
    void decidesOnlyOnceForAPartitionThatIsAssignedAgain() {
        consumer.rebalance(List.of(FIRST));
        consumer.rebalance(List.of());

        consumer.rebalance(List.of(FIRST));

        assertThat(consumer.committedCalls).isOne();
        assertReadsEverything();
    }

    private void assertReadsEverything() {
        assertThat(consumer.paused()).isEmpty();
        assertThat(migration.retryUndecided()).isEmpty();
        assertThat(zookeeper.openReaders()).isZero();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        return consumer.committed(Set.of(FIRST, SECOND));
    }
}
