// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.MovedClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** The memory of topics that events name and that do not exist. */
class MissingTopicsTest {

    private final TimeoutException missing =
            new TimeoutException("not present in metadata", new UnknownTopicOrPartitionException("unknown"));

    private final MovedClock clock = new MovedClock();
    private final Set<String> atBrokers = new HashSet<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final MissingTopics topics =
            new MissingTopics(topic -> !topic.equals("configured"), this::isMissing, UTF_8, clock);

    @Test
    void theFirstEventOfATopicWaitsAndTheOthersDoNotForFiveMinutes() {
        assertThat(topics.refusalOf(record("a"))).isEmpty();
        assertThat(topics.explains(missing, record("a"))).isTrue();
        topics.add("a");

        assertThat(topics.refusalOf(record("a")))
                .hasValueSatisfying(
                        bad -> assertThat(bad).hasToString("a record for a: topic a was not found at the brokers"));
        assertThat(topics.refusalOf(record("b"))).isEmpty();

        clock.move(Duration.ofMinutes(5));
        assertThat(topics.refusalOf(record("a"))).isEmpty();
    }

    @Test
    void afterThreeWaitsNoOtherEventWaits() {
        waitInVain();

        assertThat(topics.refusalOf(record("d"))).isPresent();
        assertThat(topics.refusalOf(record("d"))).isPresent();
        assertThat(asked).as("questions to the brokers").hasValue(1);

        clock.move(Duration.ofMinutes(15));
        assertThat(topics.refusalOf(record("d"))).isEmpty();
    }

    @Test
    void findsOutSoonThatATopicWasCreated() {
        waitInVain();
        assertThat(topics.refusalOf(record("d"))).isPresent();
        atBrokers.add("d");

        clock.move(Duration.ofSeconds(10));

        assertThat(topics.refusalOf(record("d"))).isEmpty();
    }

    @Test
    void waitsForTheSameTopicAreNoSignThatTheBrokersCreateNone() {
        for (int i = 0; i < 5; i++) {
            topics.add("a");
        }

        assertThat(topics.refusalOf(record("b"))).isEmpty();
    }

    private void waitInVain() {
        topics.add("a");
        topics.add("b");
        topics.add("c");
    }

    @Test
    void neverRefusesEventsOfTheConfiguredTopic() {
        waitInVain();

        assertThat(topics.refusalOf(record("configured"))).isEmpty();
    }

    @Test
    void allEventsWaitForATopicThatTheOperatorHasConfigured() {
        assertThat(topics.explains(missing, record("configured"))).isFalse();
    }

    @Test
    void brokersThatDoNotAnswerAreNoMissingTopic() {
        assertThat(topics.explains(new TimeoutException("no answer"), record("a")))
                .isFalse();
    }

    /** Kafka's client gives the last reason that it has heard, and no broker may have answered since. */
    @Test
    void aTopicThatTheBrokersHaveIsNotMissing() {
        atBrokers.add("a");

        assertThat(topics.explains(missing, record("a"))).isFalse();
    }

    @Test
    void remembersNoMoreNamesThanMemoryAllows() {
        IntStream.range(0, 3_000).forEach(i -> topics.add("topic-" + i));

        assertThat(topics.refusalOf(record("topic-2000"))).isPresent();
        assertThat(asked).as("questions to the brokers").hasValue(0);
        assertThat(topics.refusalOf(record("topic-1999"))).isPresent();
        assertThat(asked).as("questions to the brokers").hasValue(1);
    }

    private boolean isMissing(String topic) {
        asked.incrementAndGet();
        return !atBrokers.contains(topic);
    }

    private static ProducerRecord<String, byte[]> record(String topic) {
        return new ProducerRecord<>(topic, new byte[0]);
    }
}
