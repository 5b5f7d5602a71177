// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.LogLines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The log lines about a topic header that is not followed, once per reason. */
class TopicHeaderReportTest {

    private static final Map<String, String> FROM_T = Map.of("topic", "t", "kafka.origin.topic", "t");

    @Test
    void warnsIfEventsGoToDefaultTopicInsteadOfOrigin() {
        assertThat(logged(Map.of("topicHeader", "topic"), FROM_T, FROM_T))
                .containsExactly(
                        "WARN KafkaSink k1: event header 'topic' (topicHeader) is 't', the topic that a Kafka source read the"
                                + " event from, and kafka.topic is not set. Such events of all topics go to 'default-flume-topic'. Set"
                                + " kafka.topic, or set allowTopicOfOrigin = true to write each to the topic of its own name, for example in"
                                + " another cluster (reported once)");
    }

    @Test
    void informsIfEventsGoToConfiguredTopicInsteadOfOrigin() {
        assertThat(logged(Map.of("kafka.topic", "chosen"), FROM_T, FROM_T))
                .containsExactly(
                        "INFO KafkaSink k1: event header 'topic' (topicHeader) is 't', the topic that a Kafka source read the"
                                + " event from. Such events go to kafka.topic; allowTopicOfOrigin = true sends them back (reported once)");
    }

    @Test
    void warnsOfLoop() {
        assertThat(logged(Map.of("kafka.topic", "t"), Map.of("kafka.origin.topic", "t"), FROM_T))
                .first()
                .isEqualTo(
                        "WARN KafkaSink k1: kafka.topic is 't', the topic that a Kafka source read the event from. This is an"
                                + " endless loop, unless the topic is in another cluster: then set allowTopicOfOrigin = true (reported once)");
    }

    @Test
    void warnsOfTopicThatIsNotAllowedAndEscapesItsName() {
        Map<String, String> forged = Map.of("topic", "x\nERROR all is lost");

        assertThat(logged(Map.of("allowedTopics", "a", "kafka.topic", "t"), forged, forged))
                .containsExactly(
                        "WARN KafkaSink k1: event header 'topic' (topicHeader) is 'x\\u000aERROR all is lost', which allowedTopics"
                                + " does not include. Such events go to kafka.topic; to follow the header, add the topic to allowedTopics"
                                + " (reported once)");
    }

    @SafeVarargs
    private static List<String> logged(Map<String, String> properties, Map<String, String>... events) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.bootstrap.servers", "a:1");
        SinkSettings settings = SinkSettings.from("k1", all);
        TopicRoute route = new TopicRoute("k1", settings.topic(), settings.topicHeader());
        try (LogLines log = new LogLines(TopicHeaderReport.class)) {
            for (Map<String, String> event : events) {
                route.topicOf(event);
            }
            return log.lines();
        }
    }
}
