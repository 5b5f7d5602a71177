// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.failure.ClientAccess;
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

/** When a consumer without partitions asks Kafka for the reason, and what it asks. */
class IdleConsumerReportTest {

    private static final ClientAccess ACCESS =
            new ClientAccess("b:9092", "PLAINTEXT", "user 'u'", ClientAccess.TopicUse.READS);

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Sees the topics that a test sets, or gets no answer. */
    private static final class WaitingConsumer extends MockConsumer<String, byte[]> {

        private final List<Collection<TopicPartition>> lookedUp = new ArrayList<>();
        private List<String> visible = List.of();
        private int listings;
        private boolean answers = true;
        private Optional<RuntimeException> listFailure = Optional.empty();
        private Optional<RuntimeException> lookupFailure = Optional.empty();
        private boolean topicsHaveLeaders = true;

        WaitingConsumer() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
            listings++;
            listFailure.ifPresent(WaitingConsumer::fail);
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
            lookedUp.add(partitions);
            lookupFailure.ifPresent(WaitingConsumer::fail);
            if (!topicsHaveLeaders) {
                throw new TimeoutException("no leader");
            }
            return Map.of();
        }

        private static void fail(RuntimeException failure) {
            throw failure;
        }
    }

    private final WaitingConsumer consumer = new WaitingConsumer();
    private long now = Long.MAX_VALUE - 10;
    private final IdleConsumerReport report =
            new IdleConsumerReport("KafkaSource r1", ACCESS, "topic t", names -> names.contains("t"), () -> now);

    @Test
    void checksAfterFiveSecondsAndThenOncePerMinuteWhileNoBrokerAnswers() {
        consumer.answers = false;

        pollFor(130);

        assertThat(consumer.listings).isEqualTo(3);
    }

    @Test
    void checksMoreOftenWhileTheTopicIsMissing() {
        pollFor(30);

        assertThat(consumer.listings).isEqualTo(3);
        assertThat(consumer.lookedUp).isEmpty();
    }

    @Test
    void asksNothingWhilePartitionsAreAssigned() {
        consumer.assign(List.of(new TopicPartition("t", 0)));
        move(Duration.ofHours(1));

        report.afterPoll(consumer);
        consumer.assign(List.of());
        move(Duration.ofHours(1));
        report.afterPoll(consumer);

        assertThat(consumer.listings).isZero();
    }

    @Test
    void throwsAWakeUpAndChecksAgain() {
        move(SECOND.multipliedBy(6));
        consumer.listFailure = Optional.of(new WakeupException());
        assertThatThrownBy(() -> report.afterPoll(consumer)).isInstanceOf(WakeupException.class);
        consumer.listFailure = Optional.empty();

        report.afterPoll(consumer);

        assertThat(consumer.listings).isEqualTo(2);
    }

    /** Kafka's client reports the missing right to one call only, whichever comes next. If that call hid it, nobody would notice. */
    @Test
    void throwsAMissingRightFromEachOfItsRequests() {
        TopicAuthorizationException denied = new TopicAuthorizationException(Set.of("another"));
        consumer.visible = List.of("t");
        move(SECOND.multipliedBy(6));

        consumer.listFailure = Optional.of(denied);
        assertThatThrownBy(() -> report.afterPoll(consumer)).isSameAs(denied);
        consumer.listFailure = Optional.empty();
        consumer.lookupFailure = Optional.of(denied);
        assertThatThrownBy(() -> report.afterPoll(consumer)).isSameAs(denied);
    }

    @Test
    void makesTheConsumerLookForATopicThatHasBecomeVisible() {
        consumer.visible = List.of("other", "t");

        pollFor(7);

        assertThat(consumer.lookedUp).containsExactly(Set.of(new TopicPartition("t", 0)));
    }

    @Test
    void reportsThatOthersHaveAllPartitionsOnlyAtTheSecondCheckThatFindsTheTopic() {
        try (LogLines log = new LogLines(IdleConsumerReport.class)) {
            pollFor(6);
            consumer.visible = List.of("t");
            pollFor(11);
            assertThat(log.lines()).singleElement().asString().startsWith("WARN KafkaSource r1: topic t not found");
            assertThat(consumer.lookedUp).hasSize(1);

            pollFor(6);
            pollFor(120);

            assertThat(log.lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("INFO KafkaSource r1: no partition of topic t is assigned");
            assertThat(consumer.lookedUp).hasSize(3);
        }
    }

    @Test
    void doesNotReportABrokerProblemForATopicWithoutALeader() {
        consumer.visible = List.of("t");
        consumer.topicsHaveLeaders = false;

        try (LogLines log = new LogLines(IdleConsumerReport.class)) {
            pollFor(7);

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void reportsOnceThatItReadsAgainAfterAWarning() {
        try (LogLines log = new LogLines(IdleConsumerReport.class)) {
            pollFor(6);
            consumer.assign(List.of(new TopicPartition("t", 0)));
            pollFor(2);

            assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO KafkaSource r1: now reads topic t");
        }
    }

    private void pollFor(int seconds) {
        for (int second = 0; second < seconds; second++) {
            move(SECOND);
            report.afterPoll(consumer);
        }
    }

    private void move(Duration time) {
        now += time.toNanos();
    }
}
