// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.LogLines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the operator hears of a topic header that is not followed, once for each reason. */
class TopicHeaderTest {

    private static final Map<String, String> FROM_T = Map.of("topic", "t", "kafka.origin.topic", "t");

    @Test
    void eventsOfAllTopicsThatMeetInADefaultTopicAreWarnedAbout() {
        assertThat(told(Map.of("topicHeader", "topic"), FROM_T, FROM_T))
                .containsExactly(
                        "WARN KafkaSink k1: event header 'topic' (topicHeader) is 't', the topic that a Kafka source has read"
                                + " the event from, and kafka.topic is not set: such events of all topics go to 'default-flume-topic'. Set"
                                + " kafka.topic, or allowTopicOfOrigin = true to write each to the topic of its own name, as in another cluster"
                                + " (reported once)");
    }

    @Test
    void eventsThatMeetInATopicThatSomebodyHasChosenAreNoReasonForAWarning() {
        assertThat(told(Map.of("kafka.topic", "chosen"), FROM_T, FROM_T))
                .containsExactly(
                        "INFO KafkaSink k1: event header 'topic' (topicHeader) is 't', the topic that a Kafka source has read"
                                + " the event from: such events go to kafka.topic; allowTopicOfOrigin = true sends them back (reported once)");
    }

    @Test
    void aLoopIsWarnedAbout() {
        assertThat(told(Map.of("kafka.topic", "t"), Map.of("kafka.origin.topic", "t"), FROM_T))
                .first()
                .isEqualTo(
                        "WARN KafkaSink k1: kafka.topic is 't', the topic that a Kafka source has read the event from: an endless"
                                + " loop, unless it is another cluster's; allowTopicOfOrigin = true says that it is (reported once)");
    }

    @Test
    void aTopicThatIsNotAllowedIsWarnedAboutAndCannotForgeALine() {
        Map<String, String> forged = Map.of("topic", "x\nERROR all is lost");

        assertThat(told(Map.of("allowedTopics", "a", "kafka.topic", "t"), forged, forged))
                .containsExactly(
                        "WARN KafkaSink k1: event header 'topic' (topicHeader) is 'x\\u000aERROR all is lost', which is not among"
                                + " allowedTopics: such events go to kafka.topic (reported once)");
    }

    @SafeVarargs
    private static List<String> told(Map<String, String> properties, Map<String, String>... events) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.bootstrap.servers", "a:1");
        SinkSettings settings = SinkSettings.from("k1", all);
        TopicRoute route = new TopicRoute(settings.topic(), settings.topicHeader());
        try (LogLines log = new LogLines(TopicHeader.class)) {
            for (Map<String, String> event : events) {
                route.topicOf(event);
            }
            return log.lines();
        }
    }
}
