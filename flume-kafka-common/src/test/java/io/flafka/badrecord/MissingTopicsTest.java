// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.event.MissingTopicException;
import io.flafka.testing.MovedClock;
import java.time.Duration;
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
    private final MissingTopics topics = new MissingTopics(topic -> !topic.equals("configured"), clock);

    @Test
    void refusesEventsOfAMissingTopicUntilItMayHaveBeenCreated() {
        assertThat(topics.explains(missing, record("a"))).isTrue();
        topics.add("a");

        assertThatThrownBy(() -> topics.check("a"))
                .isInstanceOf(MissingTopicException.class)
                .hasMessage("topic a was not found when another event named it");
        assertThatCode(() -> topics.check("b")).doesNotThrowAnyException();

        clock.move(Duration.ofMinutes(5));
        assertThatCode(() -> topics.check("a")).doesNotThrowAnyException();
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

    @Test
    void remembersNoMoreNamesThanMemoryAllows() {
        IntStream.range(0, 3_000).forEach(i -> topics.add("topic-" + i));

        assertThatCode(() -> topics.check("topic-1999")).doesNotThrowAnyException();
        assertThatThrownBy(() -> topics.check("topic-2000")).isInstanceOf(MissingTopicException.class);
    }

    private static ProducerRecord<String, byte[]> record(String topic) {
        return new ProducerRecord<>(topic, new byte[0]);
    }
}
