// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.MovedClock;
import io.flafka.testing.LogLines;
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

/** New partitions of which it is not known at once where to read them. */
class NoStartingOffsetTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    /** ZooKeeper has not said yet where the group was in the first partition. */
    private final class Former implements StartingOffsets {

        private final Set<TopicPartition> undecided = new HashSet<>();
        private final Set<TopicPartition> gone = new HashSet<>();
        private final Set<TopicPartition> asked = new HashSet<>();
        private boolean isWokenUp;

        @Override
        public void assigned(Collection<TopicPartition> partitions) {
            asked.addAll(partitions);
            if (isWokenUp) {
                throw new WakeupException();
            }
            // It takes those that it has decided for ready to be read.
            Set<TopicPartition> decided = new HashSet<>(partitions);
            decided.removeAll(undecided);
            consumer.resume(decided);
        }

        @Override
        public void gone(Collection<TopicPartition> partitions) {
            gone.addAll(partitions);
        }

        @Override
        public Set<TopicPartition> undecided() {
            return Set.copyOf(undecided);
        }
    }

    private final ReadingComponent component = new ReadingComponent();
    private final ScriptedConsumer consumer = component.consumer;
    private final LogLines log = component.log;
    private final Former former = new Former();
    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void make() {
        consumer.has(FIRST, 0, 0);
        consumer.has(SECOND, 0, 0);
    }

    @AfterEach
    void closeLog() {
        component.close();
    }

    @Test
    void whateverEndsTheQuestionTheyStayPausedUntilTheirPlaceIsKnown() {
        ReadPositions positions = reading("earliest");
        former.isWokenUp = true;

        assertThatThrownBy(() -> assign(FIRST)).isInstanceOf(WakeupException.class);

        assertThat(former.asked).containsExactly(FIRST);
        assertThat(consumer.paused()).containsExactly(FIRST);
        assertThat(positions.undecided()).isEmpty();
    }

    @Test
    void aRefusedFirstCommitHoldsNothingUp() {
        ReadPositions positions = reading("latest");
        consumer.refusesCommits();

        assign(FIRST);

        assertThat(positions.undecided()).isEmpty();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void withNoneAPersonDecides() {
        ReadPositions positions = reading("none");

        assign(FIRST);

        assertThatThrownBy(() -> positions.poll(Duration.ZERO, component.kept))
                .isInstanceOf(NoStartingOffsetException.class)
                .hasMessageContaining("t-0 has no committed offset");
        assertThat(positions.undecided()).containsExactly(FIRST);
        assign();
        assertThat(positions.undecided()).isEmpty();
        assertThat(positions.poll(Duration.ZERO, component.kept)).isEmpty();
    }

    @Test
    void withNoneAPersonDecidesAlsoAfterTheTopicWasMadeAnew() {
        ReadPositions positions = reading("none");
        commits(FIRST, 7, "flafka/1 topic=abc epoch=3");

        assign(FIRST);

        assertThatThrownBy(() -> positions.poll(Duration.ZERO, component.kept))
                .hasMessageContaining("t-0 is of a topic that was deleted and made anew");
    }

    @Test
    void aPartitionStaysPausedUntilItIsKnownWhereTheGroupIsAndIsAskedAboutSeldom() {
        ReadPositions positions = reading("earliest");
        commits(FIRST, 7, "");
        consumer.knowsNoOffsets(true);

        assign(FIRST);
        assertThat(consumer.paused()).containsExactly(FIRST);
        assertThat(positions.undecided()).containsExactly(FIRST);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        assertThat(positions.undecided()).containsExactly(FIRST);
        assertThat(consumer.questions()).isEqualTo(1);

        nanos.addAndGet(1);
        assertThat(positions.undecided()).containsExactly(FIRST);
        assertThat(consumer.questions()).isEqualTo(2);
        consumer.knowsNoOffsets(false);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThat(positions.undecided()).isEmpty();
        assertThat(consumer.position(FIRST)).isEqualTo(7);
        assertThat(log.lines())
                .containsExactly(
                        "WARN KafkaSource r1: does not read t-0 yet, as it cannot find out where group g is:"
                                + " org.apache.kafka.common.errors.TimeoutException: no coordinator; retrying",
                        "INFO KafkaSource r1: reads t-0 now");
    }

    @Test
    void aWakeUpInTheMiddleIsThePollsAndThePartitionIsPlacedBeforeTheNext() {
        ReadPositions positions = reading("earliest");
        commits(FIRST, 7, "");
        consumer.isWokenUp();

        assertThatThrownBy(() -> assign(FIRST)).isInstanceOf(WakeupException.class);
        assertThat(consumer.paused()).containsExactly(FIRST);

        assertThat(positions.undecided()).isEmpty();
        assertThat(consumer.position(FIRST)).isEqualTo(7);
    }

    @Test
    void whatZooKeeperHasToDecideIsNotDecidedHereAndHoldsNothingElseUp() {
        ReadPositions positions = reading("none");
        commits(FIRST, 7, "");
        commits(SECOND, 8, "");
        former.undecided.add(FIRST);

        assign(FIRST, SECOND);
        assertThat(consumer.paused()).containsExactly(FIRST);
        assertThat(positions.undecided()).containsExactly(FIRST);
        assertThat(consumer.position(SECOND)).isEqualTo(8);
        assertThat(positions.poll(Duration.ZERO, component.kept)).isEmpty();

        former.undecided.clear();
        assertThat(positions.undecided()).isEmpty();
        assertThat(consumer.position(FIRST)).isEqualTo(7);
    }

    @Test
    void partitionsThatGoAreForgotten() {
        ReadPositions positions = reading("earliest");
        consumer.knowsNoOffsets(true);
        assign(FIRST);

        assign();

        assertThat(positions.undecided()).isEmpty();
        assertThat(former.gone).containsExactly(FIRST);
        assertThat(ReadingComponent.note(positions)).isEmpty();
    }

    private ReadPositions reading(String reset) {
        return component.subscribed(reset, former, new MovedClock(), nanos::get);
    }

    private void assign(TopicPartition... partitions) {
        consumer.rebalance(List.of(partitions));
    }

    private void commits(TopicPartition partition, long offset, String text) {
        consumer.hasCommitted(partition, new OffsetAndMetadata(offset, text));
    }
}
