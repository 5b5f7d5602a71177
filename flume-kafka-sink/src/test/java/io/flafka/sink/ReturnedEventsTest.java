// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static io.flafka.sink.FailedBatchState.IN_CHANNEL;
import static io.flafka.sink.FailedBatchState.UNKNOWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which events need not be sent again: those that were acknowledged and came back, and no others that look like them. */
class ReturnedEventsTest {

    private static final int CAPACITY = 4;

    private boolean alone = true;
    private final ReturnedEvents returned = new ReturnedEvents(CAPACITY, () -> alone);

    /** A Kafka channel, which makes new events of the records that it knows. */
    @Nested
    class OfAKafkaChannel {

        private final Object record = new Object();
        private final Event first = new IdentifiedEvent(record, "beat");

        @Test
        void anEventIsRecognisedByItsRecord() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(new IdentifiedEvent(record, "beat")))
                    .isTrue();
        }

        @Test
        void anEqualEventOfAnotherRecordIsSent() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(new IdentifiedEvent(new Object(), "beat")))
                    .isFalse();
        }

        @Test
        void oneThatWasNotAcknowledgedIsSent() {
            returned.add(List.of(first), none -> false, IN_CHANNEL);

            assertThat(returned.isAcknowledged(first)).isFalse();
        }

        @Test
        void otherEventsAndAnEmptyChannelMayComeBetween() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);

            returned.isAcknowledged(new IdentifiedEvent(new Object(), "beat"));
            returned.isAcknowledged(event("other"));
            returned.channelGaveNone();
            returned.add(List.of(event("other")), all -> true, UNKNOWN);

            assertThat(returned.isAcknowledged(first)).isTrue();
        }

        @Test
        void itIsRecognisedAlsoIfAnotherSinkTakes() {
            alone = false;
            returned.add(List.of(new IdentifiedEvent(record, "beat")), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(first)).isTrue();
        }

        @Test
        void itIsRecognisedAlsoAfterACommitThatFailed() {
            returned.add(List.of(first), all -> true, UNKNOWN);

            assertThat(returned.isAcknowledged(first)).isTrue();
        }

        @Test
        void itIsForgottenWithThat() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);
            returned.isAcknowledged(first);

            assertThat(returned.isAcknowledged(first)).isFalse();
        }

        @Test
        void ofTooManyTheOldestIsForgotten() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);
            for (int i = 0; i < CAPACITY; i++) {
                returned.add(List.of(new IdentifiedEvent(new Object(), "beat")), all -> true, IN_CHANNEL);
            }

            assertThat(returned.isAcknowledged(first)).isFalse();
        }

        @Test
        void asManyAsAllowedAreRemembered() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);
            for (int i = 1; i < CAPACITY; i++) {
                returned.add(List.of(new IdentifiedEvent(new Object(), "beat")), all -> true, IN_CHANNEL);
            }

            assertThat(returned.isAcknowledged(first)).isTrue();
        }
    }

    /** A memory channel, for one. */
    @Nested
    class OfAChannelThatGivesTheSameObjects {

        private final Event beat = event("beat");
        private final Event other = event("other");

        @Test
        void theyAreRecognisedInAnyOrderWithOthersBetweenAndAfterAnEmptyChannel() {
            returned.add(List.of(beat, other), all -> true, IN_CHANNEL);

            returned.isAcknowledged(event("new"));
            returned.channelGaveNone();

            assertThat(returned.isAcknowledged(other)).isTrue();
            assertThat(returned.isAcknowledged(beat)).isTrue();
        }

        @Test
        void theSameObjectTwiceIsRecognisedAsOftenAsItWasAcknowledged() {
            returned.add(List.of(beat, other, beat), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(beat)).isTrue();
            assertThat(returned.isAcknowledged(other)).isTrue();
            assertThat(returned.isAcknowledged(beat)).isTrue();
            assertThat(returned.isAcknowledged(beat)).isFalse();
        }

        @Test
        void anObjectThatTheSourcePutsAgainAndAgainIsSentAgainAfterACommitThatFailed() {
            returned.add(List.of(beat), all -> true, UNKNOWN);

            assertThat(returned.isAcknowledged(beat)).isFalse();
        }

        @Test
        void noneIsRecognisedOnceAnotherSinkTakes() {
            returned.add(List.of(beat, other), all -> true, IN_CHANNEL);
            alone = false;

            assertThat(returned.isAcknowledged(beat)).isFalse();
            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
        }

        @Test
        void whatWasUsedUpInAnotherOrderIsNotUsedUpAgainByItsContent() {
            returned.add(List.of(beat, other), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(other)).isTrue();
            assertThat(returned.isAcknowledged(beat)).isTrue();
            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
            assertThat(returned.isAcknowledged(event("other"))).isFalse();
        }
    }

    /** A file channel, for one. */
    @Nested
    class OfAChannelThatGivesCopies {

        @Test
        void aCopyIsRecognisedByHeadersAndBody() {
            returned.add(List.of(event("a"), event("b")), second -> second == 1, IN_CHANNEL);

            assertThat(returned.isAcknowledged(event("a"))).isFalse();
            assertThat(returned.isAcknowledged(event("b"))).isTrue();
        }

        @Test
        void otherHeadersMakeAnotherEvent() {
            returned.add(List.of(event("a")), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(EventBuilder.withBody("a", UTF_8, Map.of("h", "2"))))
                    .isFalse();
        }

        @Test
        void eachIsUsedUpOnce() {
            returned.add(List.of(event("beat"), event("beat")), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(event("beat"))).isTrue();
            assertThat(returned.isAcknowledged(event("beat"))).isTrue();
            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
        }

        @Test
        void whatWentBackLaterComesFirst() {
            returned.add(List.of(event("c")), all -> true, IN_CHANNEL);
            returned.add(List.of(event("a"), event("b")), second -> second == 1, IN_CHANNEL);

            assertThat(returned.isAcknowledged(event("a"))).isFalse();
            assertThat(returned.isAcknowledged(event("b"))).isTrue();
            assertThat(returned.isAcknowledged(event("c"))).isTrue();
        }

        @Test
        void allAreForgottenAtTheFirstEventThatDoesNotFit() {
            returned.add(List.of(event("a"), event("b")), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(event("b"))).isFalse();
            assertThat(returned.isAcknowledged(event("a"))).isFalse();
        }

        @Test
        void allAreForgottenWhenTheChannelGivesNone() {
            returned.add(List.of(event("beat")), all -> true, IN_CHANNEL);
            returned.channelGaveNone();

            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
        }

        @Test
        void nothingIsRememberedOfABatchWhoseCommitWasTried() {
            returned.add(List.of(event("beat")), all -> true, UNKNOWN);

            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
        }

        @Test
        void whatLiesBehindSuchABatchIsForgottenWithIt() {
            returned.add(List.of(event("beat")), all -> true, IN_CHANNEL);
            returned.add(List.of(event("beat")), all -> true, UNKNOWN);

            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
        }

        @Test
        void ofTooManyTheLastAreForgotten() {
            List<Event> batch = List.of(event("1"), event("2"), event("3"), event("4"), event("5"));
            returned.add(batch, all -> true, IN_CHANNEL);

            assertThat(List.of("1", "2", "3", "4", "5"))
                    .map(body -> returned.isAcknowledged(event(body)))
                    .containsExactly(true, true, true, true, false);
        }
    }

    @Test
    void aSinkRemembersWhatItsLimitsAllow() {
        ReturnedEvents ofSink = ReturnedEvents.ofSink(1, 1, () -> true);
        List<Event> batch = List.of(
                new IdentifiedEvent(new Object(), "1"),
                new IdentifiedEvent(new Object(), "2"),
                new IdentifiedEvent(new Object(), "3"),
                new IdentifiedEvent(new Object(), "4"),
                new IdentifiedEvent(new Object(), "5"));
        ofSink.add(batch, all -> true, IN_CHANNEL);

        assertThat(batch).filteredOn(ofSink::isAcknowledged).hasSize(4);
    }

    private static Event event(String body) {
        return EventBuilder.withBody(body, UTF_8, Map.of("h", "1"));
    }
}
