// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.event.UnwritableEventException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The choice of the topic: the one in the event header, or {@code kafka.topic}. */
class TopicRouteTest {

    private static final Optional<TopicHeader> HEADER = Optional.of(header(".*"));

    @Test
    void usesConfiguredTopicWithoutHeader() {
        assertThat(new TopicRoute("k1", "t", HEADER).topicOf(Map.of("host", "h")))
                .isEqualTo("t");
    }

    @Test
    void prefersTopicInHeader() {
        assertThat(new TopicRoute("k1", "t-%{host}", HEADER).topicOf(Map.of("topic", "other")))
                .isEqualTo("other");
    }

    @Test
    void ignoresHeaderIfOverrideIsNotAllowed() {
        assertThat(new TopicRoute("k1", "t", Optional.empty()).topicOf(Map.of("topic", "other")))
                .isEqualTo("t");
    }

    @Test
    void ignoresHeaderThatNamesTopicNotAllowed() {
        TopicRoute route = new TopicRoute("k1", "t", Optional.of(header("orders,logs-.*")));

        assertThat(route.topicOf(Map.of("topic", "orders"))).isEqualTo("orders");
        assertThat(route.topicOf(Map.of("topic", "logs-1"))).isEqualTo("logs-1");
        assertThat(route.topicOf(Map.of("topic", "orders2"))).isEqualTo("t");
        assertThat(route.topicOf(Map.of("topic", "other"))).isEqualTo("t");
    }

    @Test
    void doesNotReturnEventToItsOrigin() {
        TopicRoute route = new TopicRoute("k1", "t", HEADER);

        assertThat(route.topicOf(Map.of("topic", "from", "kafka.origin.topic", "from")))
                .isEqualTo("t");
        assertThat(route.topicOf(Map.of("topic", "chosen", "kafka.origin.topic", "from")))
                .isEqualTo("chosen");
    }

    @Test
    void returnsEventToItsOriginIfAllowed() {
        TopicHeader header = header(".*", TopicHeader.ReturnToOrigin.ALLOWED);

        assertThat(new TopicRoute("k1", "t", Optional.of(header))
                        .topicOf(Map.of("topic", "from", "kafka.origin.topic", "from")))
                .isEqualTo("from");
    }

    @Test
    void resolvesFlumesEscapes() {
        Map<String, String> headers = Map.of("host", "web1", "timestamp", "0");

        assertThat(new TopicRoute("k1", "logs-%{host}", HEADER).topicOf(headers))
                .isEqualTo("logs-web1");
        assertThat(new TopicRoute("k1", "logs-%Y", Optional.empty()).topicOf(Map.of("timestamp", "43200000")))
                .isEqualTo("logs-1970");
    }

    @Test
    void rejectsTimeEscapeIfEventHasNoTimestamp() {
        assertThatThrownBy(() -> new TopicRoute("k1", "logs-%Y", HEADER).topicOf(Map.of()))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage("'logs-%Y' (kafka.topic) cannot be resolved for the event: Expected timestamp in the Flume"
                        + " event headers, but it was null");
    }

    @Test
    void rejectsTextThatIsNoTopicName() {
        assertThatThrownBy(() -> new TopicRoute("k1", "%{host}", HEADER).topicOf(Map.of()))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage("'%{host}' (kafka.topic) resolves to '' for the event, which is not a topic name"
                        + " (up to 249 characters: a-z, A-Z, 0-9, '.', '_' and '-')");
        assertThatThrownBy(() -> new TopicRoute("k1", "t", HEADER).topicOf(Map.of("topic", "a\r\nb")))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage("event header 'topic' (topicHeader) is 'a\\u000d\\u000ab', which is not a topic name"
                        + " (up to 249 characters: a-z, A-Z, 0-9, '.', '_' and '-')");
        assertThatThrownBy(() -> new TopicRoute("k1", "t", HEADER).topicOf(Map.of("topic", "x".repeat(300_000))))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessageStartingWith("event header 'topic' (topicHeader) is '" + "x".repeat(200) + "… (300000");
    }

    @Test
    void textThatIsNoTopicNameIsNotAmongTheTopicsOfAList() {
        TopicRoute route = new TopicRoute("k1", "t", Optional.of(header("orders,logs-.*")));

        assertThat(route.topicOf(Map.of("topic", "logs-\n"))).isEqualTo("t");
        assertThat(route.topicOf(Map.of("topic", ""))).isEqualTo("t");
    }

    /** This pattern needs minutes for a text of that length, and a sink stood still. */
    @Test
    @Timeout(10)
    void hostileNameIsNotComparedWithThePatternsOfTheOperator() {
        TopicRoute route = new TopicRoute("k1", "t", Optional.of(header("(app|svc)-.*-.*-.*-prod")));

        assertThat(route.topicOf(Map.of("topic", "app" + "-".repeat(3_000)))).isEqualTo("t");
        assertThat(route.topicOf(Map.of("topic", "app" + "-".repeat(246)))).isEqualTo("t");
        assertThat(route.topicOf(Map.of("topic", "app-a-b-c-prod"))).isEqualTo("app-a-b-c-prod");
    }

    static TopicHeader header(String allowedTopics) {
        return header(allowedTopics, TopicHeader.ReturnToOrigin.DENIED);
    }

    private static TopicHeader header(String allowedTopics, TopicHeader.ReturnToOrigin returnToOrigin) {
        return new TopicHeader(
                "topic", AllowedTopics.type().parse(allowedTopics).orElseThrow(), returnToOrigin, Optional.of("t"));
    }
}
