// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.MovedClock;
import io.flafka.consume.offsets.StartingOffsets;
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

/** Where a group begins that has been in ZooKeeper, against Kafka's own mock consumer. */
class OffsetMigrationTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("u", 0);

    /** Fails as it is told when it is asked for offsets, or given some. */
    private static final class Group extends MockConsumer<byte[], byte[]> {

        private boolean knowsNothing;
        private boolean refusesCommits;
        private boolean wokenUp;
        private int questions;

        Group() {
            super("latest");
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> partitions, Duration timeout) {
            questions++;
            if (wokenUp) {
                wokenUp = false;
                throw new WakeupException();
            }
            if (knowsNothing) {
                throw new TimeoutException("no coordinator");
            }
            return super.committed(partitions);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (refusesCommits) {
                throw new TimeoutException("no coordinator");
            }
            super.commitSync(offsets, timeout);
        }
    }

    private final Group group = new Group();
    private final FakeZooKeeper zookeeper = new FakeZooKeeper();
    private final MovedClock clock = new MovedClock();
    private final StartingOffsets migration =
            new OffsetMigration("KafkaSource r1", group, new ZooKeeperOffsets("zk:2181", zookeeper, "g"), clock);

    @BeforeEach
    void subscribe() {
        group.subscribe(List.of("t", "u"), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                migration.gone(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                migration.assigned(partitions);
            }
        });
        group.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        group.updateEndOffsets(Map.of(FIRST, 100L, SECOND, 100L));
    }

    @Test
    void aGroupGoesOnWhereItWasInZooKeeperInEachOfItsTopics() {
        zookeeper.with("/consumers/g/offsets/t/0", "7").with("/consumers/g/offsets/u/0", "8");

        group.rebalance(List.of(FIRST, SECOND));

        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(7), SECOND, new OffsetAndMetadata(8)));
        assertThat(group.position(FIRST)).isEqualTo(7);
        assertThat(group.position(SECOND)).isEqualTo(8);
        assertReadsEverything();
    }

    @Test
    void anOffsetInKafkaIsNeverReplacedAndMayStandBesideOneThatIsMissing() {
        zookeeper.with("/consumers/g/offsets/t/0", "7").with("/consumers/g/offsets/u/0", "8");
        group.rebalance(List.of());
        group.commitSync(Map.of(FIRST, new OffsetAndMetadata(50)));

        group.rebalance(List.of(FIRST, SECOND));

        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(50), SECOND, new OffsetAndMetadata(8)));
        assertReadsEverything();
    }

    @Test
    void aGroupThatHasItsOffsetsInKafkaNeedsNoZooKeeper() {
        group.rebalance(List.of());
        group.commitSync(Map.of(FIRST, new OffsetAndMetadata(50)));
        zookeeper.goDown();

        group.rebalance(List.of(FIRST));

        assertReadsEverything();
    }

    @Test
    void aNewGroupBeginsWhereKafkaSays() {
        group.rebalance(List.of(FIRST));

        assertThat(committed()).isEmpty();
        assertReadsEverything();
    }

    @Test
    void whatKafkaHasDeletedSinceIsPassedOverAndNothingElse() {
        zookeeper.with("/consumers/g/offsets/t/0", "7");
        group.updateBeginningOffsets(Map.of(FIRST, 20L));

        group.rebalance(List.of(FIRST));

        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(20)));
    }

    @Test
    void nothingIsReadWhileZooKeeperIsDownAndItIsAskedAgain() {
        zookeeper.with("/consumers/g/offsets/t/0", "7");
        zookeeper.goDown();

        group.rebalance(List.of(FIRST));

        assertThat(group.paused()).containsExactly(FIRST);
        zookeeper.comeBack();
        assertThat(migration.undecided()).containsExactly(FIRST);
        assertThat(zookeeper.connections()).isZero();
        clock.move(Duration.ofSeconds(5));
        assertThat(migration.undecided()).isEmpty();
        assertThat(group.position(FIRST)).isEqualTo(7);
    }

    @Test
    void nothingIsReadWhileKafkaDoesNotSayWhetherItHasOffsets() {
        group.knowsNothing = true;

        group.rebalance(List.of(FIRST));

        assertThat(group.paused()).containsExactly(FIRST);
        assertThat(migration.undecided()).containsExactly(FIRST);
        assertThat(zookeeper.connections()).isZero();
    }

    @Test
    void nothingIsReadWhileKafkaDoesNotTakeTheOffsets() {
        zookeeper.with("/consumers/g/offsets/t/0", "7");
        group.refusesCommits = true;

        group.rebalance(List.of(FIRST));

        assertThat(group.paused()).containsExactly(FIRST);
        assertThat(migration.undecided()).containsExactly(FIRST);
    }

    @Test
    void aWakeUpPassesAndThePartitionStaysUnreadUntilTheNextPoll() {
        zookeeper.with("/consumers/g/offsets/t/0", "7");
        group.wokenUp = true;

        assertThatThrownBy(() -> group.rebalance(List.of(FIRST))).isInstanceOf(WakeupException.class);

        assertThat(group.paused()).containsExactly(FIRST);
        assertThat(migration.undecided()).isEmpty();
        assertThat(group.position(FIRST)).isEqualTo(7);
    }

    @Test
    void aPartitionThatIsGoneIsNotAskedAboutAnyMore() {
        zookeeper.goDown();
        group.rebalance(List.of(FIRST, SECOND));

        group.rebalance(List.of(SECOND));

        assertThat(migration.undecided()).containsExactly(SECOND);
    }

    @Test
    void aPartitionThatComesBackIsNotAskedAboutAgain() {
        group.rebalance(List.of(FIRST));
        group.rebalance(List.of());

        group.rebalance(List.of(FIRST));

        assertThat(group.questions).isOne();
        assertReadsEverything();
    }

    private void assertReadsEverything() {
        assertThat(group.paused()).isEmpty();
        assertThat(migration.undecided()).isEmpty();
        assertThat(zookeeper.open()).isZero();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        return group.committed(Set.of(FIRST, SECOND));
    }
}
