// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Test;

/** Where the next batch ends. */
class BatchLimitTest {

    private static final Event PLAIN = EventBuilder.withBody("x", UTF_8);

    private final Object record = new Object();
    private final Event suspect = new KafkaChannelEvent(record, "x");
    private final BatchLimit limit = new BatchLimit(new BatchSize(10, 10));

    @Test
    void allowsFullBatchWithoutFailure() {
        limit.onDelivered(plain(10));

        assertThat(limit.nextBatchSize()).isEqualTo(10);
        assertThat(limit.hasSuspect()).isFalse();
        assertThat(limit.mustEndWith(suspect)).isFalse();
    }

    @Test
    void endsBeforeSuspectAndThenAllowsSuspectAlone() {
        limit.onFailed(plain(10), 4);
        assertThat(limit.nextBatchSize()).isEqualTo(4);

        limit.onDelivered(plain(3));
        assertThat(limit.nextBatchSize()).isEqualTo(1);
        limit.onDelivered(plain(1));
        assertThat(limit.nextBatchSize()).isEqualTo(1);
        assertThat(limit.hasSuspect()).isTrue();

        limit.onDelivered(plain(1));
        assertThat(limit.nextBatchSize()).isEqualTo(10);
        assertThat(limit.hasSuspect()).isFalse();
    }

    @Test
    void keepsSuspectAloneWhileItFails() {
        limit.onFailed(plain(10), 0);
        limit.onFailed(plain(1), 0);
        limit.onDelivered(plain(0));

        assertThat(limit.nextBatchSize()).isEqualTo(1);
        assertThat(limit.hasSuspect()).isTrue();
    }

    @Test
    void endsBatchAtFailedRecordUntilItIsDelivered() {
        limit.onFailed(List.of(PLAIN, suspect, PLAIN), 1);
        limit.onDelivered(plain(10));

        assertThat(limit.hasSuspect()).isFalse();
        assertThat(limit.mustEndWith(new KafkaChannelEvent(record, "x"))).isTrue();
        assertThat(limit.mustEndWith(new KafkaChannelEvent(new Object(), "x"))).isFalse();

        limit.onDelivered(List.of(PLAIN, new KafkaChannelEvent(record, "x")));
        assertThat(limit.mustEndWith(suspect)).isFalse();
    }

    @Test
    void remembersFailedRecordOfEachPartition() {
        Event other = new KafkaChannelEvent(new Object(), "x");
        limit.onFailed(List.of(suspect), 0);
        limit.onFailed(List.of(other), 0);

        limit.onDelivered(List.of(other));

        assertThat(limit.mustEndWith(other)).isFalse();
        assertThat(limit.mustEndWith(suspect)).isTrue();
    }

    @Test
    void remembersNoRecordIfNoneOfThemFailed() {
        limit.onFailed(List.of(suspect, suspect), 2);

        assertThat(limit.mustEndWith(suspect)).isFalse();
        assertThat(limit.nextBatchSize()).isEqualTo(2);
    }

    private static List<Event> plain(int count) {
        return Collections.nCopies(count, PLAIN);
    }
}
