// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Test;

/** Which events need not be sent again: never more than were acknowledged. */
class GivenBackTest {

    private final GivenBack givenBack = new GivenBack();

    @Test
    void knowsWhatWasAcknowledgedByItsContent() {
        givenBack.addFirst(event("b", "h2"), true);
        givenBack.addFirst(event("a", "h1"), false);

        assertThat(givenBack.isDone(event("a", "h1"))).isFalse();
        assertThat(givenBack.isDone(event("b", "h2"))).isTrue();
    }

    @Test
    void countsEqualEvents() {
        givenBack.addFirst(event("a", "h"), true);

        assertThat(givenBack.isDone(event("a", "h"))).isTrue();
        assertThat(givenBack.isDone(event("a", "h"))).isFalse();
    }

    @Test
    void findsThemInWhateverOrderTheChannelGivesThem() {
        givenBack.addFirst(event("b", "h"), true);
        givenBack.addFirst(event("a", "h"), true);

        assertThat(givenBack.isDone(event("b", "h"))).isTrue();
        assertThat(givenBack.isDone(event("a", "h"))).isTrue();
    }

    @Test
    void otherHeadersMakeAnotherEvent() {
        givenBack.addFirst(event("a", "h1"), true);

        assertThat(givenBack.isDone(event("a", "h2"))).isFalse();
    }

    @Test
    void forgetsAllOnceTheChannelGivesAnotherEvent() {
        givenBack.addFirst(event("a", "h"), true);

        assertThat(givenBack.isDone(event("new", "h"))).isFalse();
        assertThat(givenBack.isDone(event("a", "h"))).isFalse();
    }

    private static Event event(String body, String header) {
        return EventBuilder.withBody(body, UTF_8, Map.of("h", header));
    }
}
