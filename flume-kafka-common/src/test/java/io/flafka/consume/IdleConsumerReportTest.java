// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** When Kafka is asked why there is nothing to read, and what about. */
class IdleConsumerReportTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Sees the topics that it is told to, or gets no answer. */
    private static final class WaitingConsumer extends MockConsumer<String, byte[]> {

        private final List<Collection<TopicPartition>> askedFor = new ArrayList<>();
        private List<String> visible = List.of();
        private int lookUps;
        private boolean answers = true;
        private Optional<RuntimeException> refusalToList = Optional.empty();
        private Optional<RuntimeException> refusalToTell = Optional.empty();
        private boolean topicsHaveLeaders = true;

        WaitingConsumer() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
            lookUps++;
            refusalToList.ifPresent(WaitingConsumer::refuse);
            if (!answers) {
                throw new TimeoutException("nobody there");
            }
            Map<String, List<PartitionInfo>> topics = new HashMap<>();
            visible.forEach(name -> topics.put(name, List.of()));
            return topics;
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            askedFor.add(partitions);
            refusalToTell.ifPresent(WaitingConsumer::refuse);
            if (!topicsHaveLeaders) {
                throw new TimeoutException("no leader");
            }
            return Map.of();
        }

        private static void refuse(RuntimeException refusal) {
            throw refusal;
        }
    }

    private final WaitingConsumer consumer = new WaitingConsumer();
    private long now = Long.MAX_VALUE - 10;
    private final IdleConsumerReport watch =
            new IdleConsumerReport("KafkaSource r1", "b:9092", "topic t", names -> names.contains("t"), () -> now);

    @Test
    void hasPatienceAndThenLooksOnceAMinuteWhileNoBrokerAnswers() {
        consumer.answers = false;

        pollFor(130);

        assertThat(consumer.lookUps).isEqualTo(3);
    }

    @Test
    void looksMoreOftenForATopicThatIsNotThere() {
        pollFor(30);

        assertThat(consumer.lookUps).isEqualTo(3);
        assertThat(consumer.askedFor).isEmpty();
    }

    @Test
    void asksNothingOnceThereIsSomethingToRead() {
        consumer.assign(List.of(new TopicPartition("t", 0)));
        move(Duration.ofHours(1));

        watch.polled(consumer);
        consumer.assign(List.of());
        move(Duration.ofHours(1));
        watch.polled(consumer);

        assertThat(consumer.lookUps).isZero();
    }

    @Test
    void passesAWakeUpOnAndLooksAgain() {
        move(SECOND.multipliedBy(6));
        consumer.refusalToList = Optional.of(new WakeupException());
        assertThatThrownBy(() -> watch.polled(consumer)).isInstanceOf(WakeupException.class);
        consumer.refusalToList = Optional.empty();

        watch.polled(consumer);

        assertThat(consumer.lookUps).isEqualTo(2);
    }

    /** Kafka's client tells it to one call only, whatever that asks; of a topic that is denied nobody would hear. */
    @Test
    void passesOnWhichTopicsAreDeniedWhicheverQuestionIsToldOfIt() {
        TopicAuthorizationException denied = new TopicAuthorizationException(Set.of("another"));
        consumer.visible = List.of("t");
        move(SECOND.multipliedBy(6));

        consumer.refusalToList = Optional.of(denied);
        assertThatThrownBy(() -> watch.polled(consumer)).isSameAs(denied);
        consumer.refusalToList = Optional.empty();
        consumer.refusalToTell = Optional.of(denied);
        assertThatThrownBy(() -> watch.polled(consumer)).isSameAs(denied);
    }

    @Test
    void makesTheConsumerLookForATopicThatMayBeSeenNow() {
        consumer.visible = List.of("other", "t");

        pollFor(7);

        assertThat(consumer.askedFor).containsExactly(Set.of(new TopicPartition("t", 0)));
    }

    @Test
    void saysThatOthersHaveAllPartitionsOnlyIfTheTopicWasShownAndStillNothingCame() {
        try (LogLines log = new LogLines(IdleConsumerReport.class)) {
            pollFor(6);
            consumer.visible = List.of("t");
            pollFor(11);
            assertThat(log.lines()).singleElement().asString().startsWith("WARN KafkaSource r1: topic t not found");
            assertThat(consumer.askedFor).hasSize(1);

            pollFor(6);
            pollFor(120);

            assertThat(log.lines()).hasSize(2).last().asString().startsWith("INFO KafkaSource r1: has no partition");
            assertThat(consumer.askedFor).hasSize(3);
        }
    }

    @Test
    void aTopicWithoutALeaderIsNoReasonToBlameTheBrokers() {
        consumer.visible = List.of("t");
        consumer.topicsHaveLeaders = false;

        try (LogLines log = new LogLines(IdleConsumerReport.class)) {
            pollFor(7);

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void saysOnceThatItReadsAfterItHasComplained() {
        try (LogLines log = new LogLines(IdleConsumerReport.class)) {
            pollFor(6);
            consumer.assign(List.of(new TopicPartition("t", 0)));
            pollFor(2);

            assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO KafkaSource r1: reads topic t now");
        }
    }

    private void pollFor(int seconds) {
        for (int second = 0; second < seconds; second++) {
            move(SECOND);
            watch.polled(consumer);
        }
    }

    private void move(Duration time) {
        now += time.toNanos();
    }
}
