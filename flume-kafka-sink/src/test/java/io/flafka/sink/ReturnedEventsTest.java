// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static io.flafka.sink.ReturnedEvents.Location.IN_CHANNEL;
import static io.flafka.sink.ReturnedEvents.Location.UNKNOWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which events are not sent again: those that were acknowledged and rolled back, but no others that are only equal. */
class ReturnedEventsTest {

    private static final int CAPACITY = 4;

    private boolean alone = true;
    private final ReturnedEvents returned = new ReturnedEvents(CAPACITY, () -> alone);

    /** A Kafka channel, which makes a new event of the same record for each take. */
    @Nested
    class KafkaChannel {

        private final Object record = new Object();
        private final Event first = new KafkaChannelEvent(record, "beat");

        @Test
        void recognisesEventByItsRecord() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(new KafkaChannelEvent(record, "beat")))
                    .isTrue();
        }

        @Test
        void doesNotRecogniseEqualEventOfAnotherRecord() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(new KafkaChannelEvent(new Object(), "beat")))
                    .isFalse();
        }

        @Test
        void doesNotRecogniseEventThatWasNotAcknowledged() {
            returned.add(List.of(first), none -> false, IN_CHANNEL);

            assertThat(returned.isAcknowledged(first)).isFalse();
        }

        @Test
        void recognisesEventAfterOtherEventsAndEmptyChannel() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);

            returned.isAcknowledged(new KafkaChannelEvent(new Object(), "beat"));
            returned.isAcknowledged(event("other"));
            returned.onEmptyChannel();
            returned.add(List.of(event("other")), all -> true, UNKNOWN);

            assertThat(returned.isAcknowledged(first)).isTrue();
        }

        @Test
        void recognisesEventAlsoIfChannelIsShared() {
            alone = false;
            returned.add(List.of(new KafkaChannelEvent(record, "beat")), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(first)).isTrue();
        }

        @Test
        void recognisesEventAlsoAfterFailedCommit() {
            returned.add(List.of(first), all -> true, UNKNOWN);

            assertThat(returned.isAcknowledged(first)).isTrue();
        }

        @Test
        void recognisesEventOnlyOnce() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);
            returned.isAcknowledged(first);

            assertThat(returned.isAcknowledged(first)).isFalse();
        }

        @Test
        void forgetsOldestBeyondCapacity() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);
            for (int i = 0; i < CAPACITY; i++) {
                returned.add(List.of(new KafkaChannelEvent(new Object(), "beat")), all -> true, IN_CHANNEL);
            }

            assertThat(returned.isAcknowledged(first)).isFalse();
        }

        @Test
        void remembersAsManyAsItsCapacity() {
            returned.add(List.of(first), all -> true, IN_CHANNEL);
            for (int i = 1; i < CAPACITY; i++) {
                returned.add(List.of(new KafkaChannelEvent(new Object(), "beat")), all -> true, IN_CHANNEL);
            }

            assertThat(returned.isAcknowledged(first)).isTrue();
        }
    }

    /** For example a memory channel. */
    @Nested
    class ChannelThatGivesSameObjects {

        private final Event beat = event("beat");
        private final Event other = event("other");

        @Test
        void recognisesObjectsInAnyOrderAndAfterEmptyChannel() {
            returned.add(List.of(beat, other), all -> true, IN_CHANNEL);

            returned.isAcknowledged(event("new"));
            returned.onEmptyChannel();

            assertThat(returned.isAcknowledged(other)).isTrue();
            assertThat(returned.isAcknowledged(beat)).isTrue();
        }

        @Test
        void recognisesObjectAsManyTimesAsItWasAcknowledged() {
            returned.add(List.of(beat, other, beat), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(beat)).isTrue();
            assertThat(returned.isAcknowledged(other)).isTrue();
            assertThat(returned.isAcknowledged(beat)).isTrue();
            assertThat(returned.isAcknowledged(beat)).isFalse();
        }

        @Test
        void doesNotRecogniseObjectAfterFailedCommit() {
            returned.add(List.of(beat), all -> true, UNKNOWN);

            assertThat(returned.isAcknowledged(beat)).isFalse();
        }

        @Test
        void doesNotRecogniseObjectsIfChannelIsShared() {
            returned.add(List.of(beat, other), all -> true, IN_CHANNEL);
            alone = false;

            assertThat(returned.isAcknowledged(beat)).isFalse();
            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
        }

        @Test
        void doesNotRecogniseCopyOfObjectThatWasRecognised() {
            returned.add(List.of(beat, other), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(other)).isTrue();
            assertThat(returned.isAcknowledged(beat)).isTrue();
            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
            assertThat(returned.isAcknowledged(event("other"))).isFalse();
        }
    }

    /** For example a file channel. */
    @Nested
    class ChannelThatGivesCopies {

        @Test
        void recognisesCopyByHeadersAndBody() {
            returned.add(List.of(event("a"), event("b")), second -> second == 1, IN_CHANNEL);

            assertThat(returned.isAcknowledged(event("a"))).isFalse();
            assertThat(returned.isAcknowledged(event("b"))).isTrue();
        }

        @Test
        void doesNotRecogniseCopyWithOtherHeaders() {
            returned.add(List.of(event("a")), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(EventBuilder.withBody("a", UTF_8, Map.of("h", "2"))))
                    .isFalse();
        }

        @Test
        void recognisesEachCopyOnce() {
            returned.add(List.of(event("beat"), event("beat")), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(event("beat"))).isTrue();
            assertThat(returned.isAcknowledged(event("beat"))).isTrue();
            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
        }

        @Test
        void expectsLastReturnedBatchFirst() {
            returned.add(List.of(event("c")), all -> true, IN_CHANNEL);
            returned.add(List.of(event("a"), event("b")), second -> second == 1, IN_CHANNEL);

            assertThat(returned.isAcknowledged(event("a"))).isFalse();
            assertThat(returned.isAcknowledged(event("b"))).isTrue();
            assertThat(returned.isAcknowledged(event("c"))).isTrue();
        }

        @Test
        void forgetsAllCopiesAtFirstEventThatDoesNotMatch() {
            returned.add(List.of(event("a"), event("b")), all -> true, IN_CHANNEL);

            assertThat(returned.isAcknowledged(event("b"))).isFalse();
            assertThat(returned.isAcknowledged(event("a"))).isFalse();
        }

        @Test
        void forgetsAllCopiesIfChannelIsEmpty() {
            returned.add(List.of(event("beat")), all -> true, IN_CHANNEL);
            returned.onEmptyChannel();

            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
        }

        @Test
        void remembersNoCopiesAfterFailedCommit() {
            returned.add(List.of(event("beat")), all -> true, UNKNOWN);

            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
        }

        @Test
        void forgetsEarlierCopiesAfterFailedCommit() {
            returned.add(List.of(event("beat")), all -> true, IN_CHANNEL);
            returned.add(List.of(event("beat")), all -> true, UNKNOWN);

            assertThat(returned.isAcknowledged(event("beat"))).isFalse();
        }

        @Test
        void forgetsLastCopiesBeyondCapacity() {
            List<Event> batch = List.of(event("1"), event("2"), event("3"), event("4"), event("5"));
            returned.add(batch, all -> true, IN_CHANNEL);

            assertThat(List.of("1", "2", "3", "4", "5"))
                    .map(body -> returned.isAcknowledged(event(body)))
                    .containsExactly(true, true, true, true, false);
        }
    }

    @Test
    void capacityOfSinkIsFourTimesItsEventsInFlight() {
        ReturnedEvents ofSink = ReturnedEvents.ofSink(1, 1, () -> true);
        List<Event> batch = List.of(
                new KafkaChannelEvent(new Object(), "1"),
                new KafkaChannelEvent(new Object(), "2"),
                new KafkaChannelEvent(new Object(), "3"),
                new KafkaChannelEvent(new Object(), "4"),
                new KafkaChannelEvent(new Object(), "5"));
        ofSink.add(batch, all -> true, IN_CHANNEL);

        assertThat(batch).filteredOn(ofSink::isAcknowledged).hasSize(4);
    }

    private static Event event(String body) {
        return EventBuilder.withBody(body, UTF_8, Map.of("h", "1"));
    }
}
