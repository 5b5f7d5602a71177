// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.config.TopicName;
import io.flafka.event.UnwritableEventException;
import io.flafka.testing.HostileText;
import io.flafka.testing.SeededCases;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics that hostile senders name: Kafka's client gets the name of a topic, or the event is refused. */
@Timeout(30)
class TopicRouteFuzzTest {

    private static final int CASES = 10_000;

    @ParameterizedTest
    @ValueSource(strings = {".*", "orders,logs-.*", "(app|svc)-.*-.*-.*-prod"})
    void namesATopicOrRefusesTheEvent(String allowedTopics) {
        TopicRoute route = new TopicRoute("k1", "logs-%{host}", Optional.of(TopicRouteTest.header(allowedTopics)));

        SeededCases.run(CASES, random -> {
            Map<String, String> headers = new HashMap<>();
            headers.put("host", HostileText.like("web1", random));
            if (random.nextBoolean()) {
                headers.put("topic", HostileText.like("app-a-b-c-prod", random));
            }
            try {
                assertThat(TopicName.isValid(route.topicOf(headers))).isTrue();
            } catch (UnwritableEventException refused) {
                String message = String.valueOf(refused.getMessage());
                assertThat(message.length()).isLessThan(2_400);
                assertThat(message.codePoints()).noneMatch(Character::isISOControl);
            }
        });
    }
}
