// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.event.UnwritableEventException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The choice of a topic, by header or the sink's own. */
class TopicRouteTest {

    private static final Optional<TopicHeader> HEADER = Optional.of(header(".*"));

    @Test
    void theSinksTopicIsForEventsWhoseHeaderNamesNone() {
        assertThat(new TopicRoute("t", HEADER).topicOf(Map.of("host", "h"))).isEqualTo("t");
    }

    @Test
    void theHeaderWins() {
        assertThat(new TopicRoute("t-%{host}", HEADER).topicOf(Map.of("topic", "other")))
                .isEqualTo("other");
    }

    @Test
    void theHeaderCountsForNothingWhereItMayNotNameTheTopic() {
        assertThat(new TopicRoute("t", Optional.empty()).topicOf(Map.of("topic", "other")))
                .isEqualTo("t");
    }

    @Test
    void aHeaderIsNotFollowedToATopicThatIsNotAllowed() {
        TopicRoute route = new TopicRoute("t", Optional.of(header("orders,logs-.*")));

        assertThat(route.topicOf(Map.of("topic", "orders"))).isEqualTo("orders");
        assertThat(route.topicOf(Map.of("topic", "logs-1"))).isEqualTo("logs-1");
        assertThat(route.topicOf(Map.of("topic", "orders2"))).isEqualTo("t");
        assertThat(route.topicOf(Map.of("topic", "other"))).isEqualTo("t");
    }

    @Test
    void anEventDoesNotGoBackToTheTopicItWasReadFrom() {
        TopicRoute route = new TopicRoute("t", HEADER);

        assertThat(route.topicOf(Map.of("topic", "from", "kafka.origin.topic", "from")))
                .isEqualTo("t");
        assertThat(route.topicOf(Map.of("topic", "chosen", "kafka.origin.topic", "from")))
                .isEqualTo("chosen");
    }

    @Test
    void anEventGoesBackWhereThatIsWanted() {
        TopicHeader header = new TopicHeader(
                "k1",
                "topic",
                AllowedTopics.type().parse(".*").orElseThrow(),
                TopicHeader.WayBack.OPEN,
                Optional.of("t"));

        assertThat(new TopicRoute("t", Optional.of(header))
                        .topicOf(Map.of("topic", "from", "kafka.origin.topic", "from")))
                .isEqualTo("from");
    }

    @Test
    void flumesEscapesAreFilledInFromTheEvent() {
        Map<String, String> headers = Map.of("host", "web1", "timestamp", "0");

        assertThat(new TopicRoute("logs-%{host}", HEADER).topicOf(headers)).isEqualTo("logs-web1");
        assertThat(new TopicRoute("logs-%Y", Optional.empty()).topicOf(Map.of("timestamp", "43200000")))
                .isEqualTo("logs-1970");
    }

    @Test
    void anEscapeOfTimeNeedsTheEventsTime() {
        assertThatThrownBy(() -> new TopicRoute("logs-%Y", HEADER).topicOf(Map.of()))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage(
                        "'logs-%Y' (kafka.topic) cannot be filled in from the event: Expected timestamp in the Flume"
                                + " event headers, but it was null");
    }

    @Test
    void aTopicWithoutANameIsRefused() {
        assertThatThrownBy(() -> new TopicRoute("%{host}", HEADER).topicOf(Map.of()))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage("'%{host}' (kafka.topic), filled in from the event, is empty, which is no topic's name");
        assertThatThrownBy(() -> new TopicRoute("t", HEADER).topicOf(Map.of("topic", " ")))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage("event header 'topic' (topicHeader) is empty, which is no topic's name");
    }

    static TopicHeader header(String allowed) {
        return header(allowed, Optional.of("t"));
    }

    private static TopicHeader header(String allowed, Optional<String> ownTopic) {
        return new TopicHeader(
                "k1", "topic", AllowedTopics.type().parse(allowed).orElseThrow(), TopicHeader.WayBack.CLOSED, ownTopic);
    }
}
