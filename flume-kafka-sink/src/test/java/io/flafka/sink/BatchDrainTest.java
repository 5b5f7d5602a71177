// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flume.ChannelException;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.junit.jupiter.api.Test;

/** A drain with one lane: delivers batches in order, loses no event, and does not send an acknowledged event again. */
class BatchDrainTest extends DrainFixture {

    private static final String REMEDY =
            "fix the cause, or skip the record with errors.tolerance=all and errors.deadletterqueue.topic.name";
    private static final String BAD =
            "an event: event header 'part' (partitionIdHeader) is 'east', which is not a partition number: it must be an integer of at least 0; "
                    + REMEDY;

    @Test
    void backsOffIfChannelIsEmpty() throws EventDeliveryException {
        assertThat(drain.drain(channel)).isEqualTo(Status.BACKOFF);

        assertThat(metrics.getBatchEmptyCount()).isEqualTo(1);
        assertThat(metrics.getEventDrainSuccessCount()).isZero();
    }

    @Test
    void deliversBatchThatIsNotFull() throws EventDeliveryException {
        channel.add("a", "b");

        assertThat(drain.drain(channel)).isEqualTo(Status.READY);

        assertThat(producer.published()).containsExactly("a", "b");
        assertThat(metrics.getBatchUnderflowCount()).isEqualTo(1);
        assertThat(metrics.getEventDrainAttemptCount()).isEqualTo(2);
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(2);
    }

    @Test
    void splitsEventsIntoBatchesOfMaximumSize() throws EventDeliveryException {
        channel.add("a", "b", "c", "d", "e");

        deliverAll();

        assertThat(producer.published()).containsExactly("a", "b", "c", "d", "e");
        assertThat(metrics.getBatchCompleteCount()).isEqualTo(1);
        assertThat(metrics.getBatchUnderflowCount()).isEqualTo(1);
    }

    @Test
    void deliversEventsBeforeBadEventOnceAndStopsAtIt() throws EventDeliveryException {
        channel.add("a", "b");
        channel.add("bad", Map.of("part", "east"));
        channel.add("c");

        assertThatThrownBy(() -> drain.drain(channel))
                .hasMessage("KafkaSink k1: stopped at event 3 of the batch: " + BAD);
        assertThat(metrics.getEventDrainSuccessCount()).isZero();
        assertThat(drain.drain(channel)).isEqualTo(Status.READY);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> drain.drain(channel))
                    .hasMessage("KafkaSink k1: stopped at event 1 of the batch: " + BAD);
        }

        assertThat(producer.published()).containsExactly("a", "b");
        assertThat(metrics.getEventWriteFail()).isEqualTo(4);
        assertThat(metrics.getRollbackCount()).isEqualTo(4);
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(2);
    }

    @Test
    void eventRefusedByClientBlocksOnlyLaterEvents() throws EventDeliveryException {
        channel.add("a", "b", "c", "d");
        producer.refused.add("c");

        assertThatThrownBy(() -> drain.drain(channel))
                .hasMessage(
                        "KafkaSink k1: stopped at event 3 of the batch: a record for t: RecordTooLargeException: too large; "
                                + REMEDY);
        assertThat(drain.drain(channel)).isEqualTo(Status.READY);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> drain.drain(channel))
                    .hasMessageContaining("a record for t: RecordTooLargeException: too large");
        }
        producer.refused.clear();
        drain.drain(channel);
        drain.drain(channel);

        assertThat(producer.published()).containsExactly("a", "b", "c", "d");
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(4);
    }

    @Test
    void retriesEventRefusedByBrokerInBatchOfItsOwn() throws EventDeliveryException {
        channel.add("a");
        drain.drain(channel);
        channel.add("bad", "b", "c", "d");
        producer.refusedByBroker.add("bad");

        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(() -> drain.drain(channel))
                    .hasMessage(
                            "KafkaSink k1: stopped at event 1 of the batch: a record for t: RecordTooLargeException: too large for the broker; "
                                    + REMEDY);
        }
        producer.refusedByBroker.clear();
        while (drain.drain(channel) == Status.READY) {
            assertThat(metrics.getEventDrainSuccessCount()).isGreaterThan(1);
        }
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(5);

        assertThat(producer.published()).containsExactly("a", "b", "c", "d", "bad");
        assertThat(metrics.getRollbackCount()).isEqualTo(5);
    }

    @Test
    void reportsAndCountsChannelThatCannotBeRead() throws EventDeliveryException {
        channel.add("a");
        channel.takeFails = true;

        assertThatThrownBy(() -> drain.drain(channel))
                .isInstanceOf(EventDeliveryException.class)
                .hasMessage("KafkaSink k1: cannot take events from the channel: disk full");
        assertThat(metrics.getChannelReadFail()).isEqualTo(1);
        channel.takeFails = false;
        drain.drain(channel);

        assertThat(producer.published()).containsExactly("a");
    }

    @Test
    void failedRollbackKeepsReasonAndClosesTransaction() throws EventDeliveryException {
        channel.add("a", "b");
        producer.refused.add("a");
        channel.rollbackFails = true;

        assertThatThrownBy(() -> drain.drain(channel))
                .hasMessageStartingWith("KafkaSink k1: stopped at event 1")
                .hasSuppressedException(new ChannelException("rollback failed"));
        assertThat(channel.closed).hasValue(channel.opened.get());
        producer.refused.clear();
        drain.drain(channel);
        drain.drain(channel);

        assertThat(producer.published()).containsExactly("a", "b");
    }
}
