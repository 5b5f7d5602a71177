// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Test;

/** How far the next batch goes. */
class BatchLimitTest {

    private static final Event PLAIN = EventBuilder.withBody("x", UTF_8);

    private final Object record = new Object();
    private final Event suspect = new IdentifiedEvent(record, "x");
    private final BatchLimit limit = new BatchLimit(10);

    @Test
    void aBatchIsAsLargeAsAllowedWhileNothingFails() {
        limit.delivered(plain(10));

        assertThat(limit.next()).isEqualTo(10);
        assertThat(limit.isCautious()).isFalse();
        assertThat(limit.isLast(suspect)).isFalse();
    }

    @Test
    void afterAFailureItEndsBeforeTheSuspectWhichThenIsAlone() {
        limit.failed(plain(10), 4);
        assertThat(limit.next()).isEqualTo(4);

        limit.delivered(plain(3));
        assertThat(limit.next()).isEqualTo(1);
        limit.delivered(plain(1));
        assertThat(limit.next()).isEqualTo(1);
        assertThat(limit.isCautious()).isTrue();

        limit.delivered(plain(1));
        assertThat(limit.next()).isEqualTo(10);
        assertThat(limit.isCautious()).isFalse();
    }

    @Test
    void theSuspectStaysAloneAsLongAsItFails() {
        limit.failed(plain(10), 0);
        limit.failed(plain(1), 0);
        limit.delivered(plain(0));

        assertThat(limit.next()).isEqualTo(1);
        assertThat(limit.isCautious()).isTrue();
    }

    @Test
    void whereTheRecordComesThatFailedTheBatchEndsUntilItIsDelivered() {
        limit.failed(List.of(PLAIN, suspect, PLAIN), 1);
        limit.delivered(plain(10));

        assertThat(limit.isCautious()).isFalse();
        assertThat(limit.isLast(new IdentifiedEvent(record, "x"))).isTrue();
        assertThat(limit.isLast(new IdentifiedEvent(new Object(), "x"))).isFalse();

        limit.delivered(List.of(PLAIN, new IdentifiedEvent(record, "x")));
        assertThat(limit.isLast(suspect)).isFalse();
    }

    @Test
    void severalPartitionsMayStandAtARecordEach() {
        Event other = new IdentifiedEvent(new Object(), "x");
        limit.failed(List.of(suspect), 0);
        limit.failed(List.of(other), 0);

        limit.delivered(List.of(other));

        assertThat(limit.isLast(other)).isFalse();
        assertThat(limit.isLast(suspect)).isTrue();
    }

    @Test
    void aFailureOfNoRecordMakesNoneSuspect() {
        limit.failed(List.of(suspect, suspect), 2);

        assertThat(limit.isLast(suspect)).isFalse();
        assertThat(limit.next()).isEqualTo(2);
    }

    private static List<Event> plain(int count) {
        return Collections.nCopies(count, PLAIN);
    }
}
