// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientSettings;
import io.flafka.errors.BadRecordPolicy;
import io.flafka.errors.ErrorTolerance;
import io.flafka.errors.Refusals;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import io.flafka.lifecycle.WorkThread;
import io.flafka.metrics.SinkMetrics;
import io.flafka.produce.PartitionRoute;
import io.flafka.produce.PipelinedPublisher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.flume.ChannelException;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a channel to Kafka, a batch at a time: nothing lost, nothing out of order, nothing published again without need. */
class BatchDrainTest {

    private static final ClientSettings SETTINGS = new ClientSettings(Map.of("bootstrap.servers", "b:9092"));

    private static final int BATCH_SIZE = 4;
    private static final String REMEDY =
            "mend the cause, or go past it with errors.tolerance=all and errors.deadletterqueue.topic.name";
    private static final String BAD =
            "an event: event header 'part' (partitionIdHeader) is 'east', which is no partition number: it must be 0 or more; "
                    + REMEDY;

    private static final BadRecordPolicy POLICY = new ErrorTolerance.None().start(() -> {});

    private final FaultyChannel channel = new FaultyChannel();
    private final PickyProducer producer = new PickyProducer();
    private final SinkMetrics metrics = new SinkMetrics("k1");
    private final WorkThread thread = new WorkThread("KafkaSink k1", "drain-test");
    private final BatchDrain drain = new BatchDrain(
            BATCH_SIZE,
            List.of(new Lane(
                    "k1",
                    thread,
                    new Intake(mapping(), new ReturnedEvents(100), POLICY),
                    PipelinedPublisher.ofOneBatch(() -> producer, SETTINGS),
                    new Refusals(POLICY, UTF_8),
                    metrics)));

    @AfterEach
    void everyTransactionIsClosed() {
        Thread.interrupted();
        thread.close();
        channel.stop();
        assertThat(channel.closed).hasValue(channel.opened.get());
    }

    @Test
    void anEmptyChannelIsAReasonForFlumesPause() throws EventDeliveryException {
        assertThat(drain.drain(channel)).isEqualTo(Status.BACKOFF);

        assertThat(metrics.getBatchEmptyCount()).isEqualTo(1);
        assertThat(metrics.getEventDrainSuccessCount()).isZero();
    }

    @Test
    void whatIsThereIsDeliveredAtOnce() throws EventDeliveryException {
        channel.add("a", "b");

        assertThat(drain.drain(channel)).isEqualTo(Status.READY);

        assertThat(producer.published()).containsExactly("a", "b");
        assertThat(metrics.getBatchUnderflowCount()).isEqualTo(1);
        assertThat(metrics.getEventDrainAttemptCount()).isEqualTo(2);
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(2);
    }

    @Test
    void noBatchIsLargerThanAllowed() throws EventDeliveryException {
        channel.add("a", "b", "c", "d", "e");

        drain.drain(channel);

        assertThat(producer.published()).containsExactly("a", "b", "c", "d", "e");
        assertThat(metrics.getBatchCompleteCount()).isEqualTo(1);
        assertThat(metrics.getBatchUnderflowCount()).isEqualTo(1);
        // The third was empty.
        assertThat(channel.interruptedAtEnd).hasSize(3);
    }

    @Test
    void stopsAtABadEventAfterWhatLiesBeforeItWhichIsPublishedOnce() throws EventDeliveryException {
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
    void anEventThatIsRefusedAtOnceHoldsUpOnlyWhatIsBehindIt() throws EventDeliveryException {
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
    void anEventThatTheBrokerRefusesEndsUpAlone() throws EventDeliveryException {
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
    void aChannelThatCannotBeReadIsToldAndCounted() throws EventDeliveryException {
        channel.add("a");
        channel.takeFails = true;

        assertThatThrownBy(() -> drain.drain(channel))
                .isInstanceOf(EventDeliveryException.class)
                .hasMessage("KafkaSink k1: the channel gave no event: disk full");
        assertThat(metrics.getChannelReadFail()).isEqualTo(1);
        channel.takeFails = false;
        drain.drain(channel);

        assertThat(producer.published()).containsExactly("a");
    }

    @Test
    void aRollbackThatFailsNeitherHidesTheReasonNorKeepsTheTransactionOpen() throws EventDeliveryException {
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

    @Test
    void afterACommitThatFailedLateTheNextEqualEventsArePublished() throws EventDeliveryException {
        channel.add("beat", "beat", "beat", "beat", "beat", "beat", "beat", "beat");
        channel.commitFailsLate = true;

        assertThatThrownBy(() -> drain.drain(channel))
                .hasMessage("KafkaSink k1: Kafka has the batch, and the channel did not commit it: no answer");
        channel.commitFailsLate = false;
        while (drain.drain(channel) == Status.READY) {
            assertThat(metrics.getRollbackCount()).isEqualTo(1);
        }

        assertThat(producer.published()).hasSize(8);
    }

    @Test
    void afterACommitThatFailedEventsThatMayBeOthersArePublishedAgain() throws EventDeliveryException {
        channel.add("a");
        channel.commitFails = true;

        assertThatThrownBy(() -> drain.drain(channel))
                .hasMessage("KafkaSink k1: Kafka has the batch, and the channel did not commit it: commit failed");
        channel.commitFails = false;
        drain.drain(channel);

        assertThat(producer.published()).containsExactly("a", "a");
        assertThat(metrics.getRollbackCount()).isEqualTo(1);
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(1);
    }

    @Test
    void afterARollbackThatFailedEventsThatMayBeOthersArePublishedAgain() throws EventDeliveryException {
        deliverTheFirstRecord();
        channel.givesCopies = true;
        channel.add("beat", "bad");
        producer.refusedByBroker.add("bad");
        channel.rollbackFails = true;

        assertThatThrownBy(() -> drain.drain(channel)).hasMessageContaining("too large for the broker");
        producer.refusedByBroker.clear();
        deliverAll();

        assertThat(producer.published()).containsExactly("first", "beat", "beat", "bad");
    }

    @Test
    void copiesOfWhatWasAcknowledgedAreNotPublishedAgain() throws EventDeliveryException {
        deliverTheFirstRecord();
        channel.givesCopies = true;
        channel.add("beat", "bad", "beat", "beat", "beat", "beat");
        producer.refusedByBroker.add("bad");

        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(() -> drain.drain(channel)).hasMessageContaining("too large for the broker");
            if (attempt == 0) {
                assertThat(drain.drain(channel)).isEqualTo(Status.READY);
            }
        }
        producer.refusedByBroker.clear();
        deliverAll();

        assertThat(producer.published()).containsExactly("first", "beat", "beat", "beat", "bad", "beat", "beat");
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(7);
    }

    @Test
    void eventsThatAreEqualToWhatAnotherSinkHasTakenArePublished() throws EventDeliveryException {
        deliverTheFirstRecord();
        channel.givesCopies = true;
        channel.add("beat", "bad");
        producer.refusedByBroker.add("bad");
        assertThatThrownBy(() -> drain.drain(channel)).hasMessageContaining("too large for the broker");

        channel.takeAll();
        assertThat(drain.drain(channel)).isEqualTo(Status.BACKOFF);
        channel.add("beat", "beat");
        deliverAll();

        assertThat(producer.published()).containsExactly("first", "beat", "beat", "beat");
    }

    @Test
    void nothingIsPublishedTwiceOrBehindARefusedEventWhicheverPartitionComesFirst() throws EventDeliveryException {
        PartitionedChannel partitions = new PartitionedChannel(item -> new IdentifiedEvent(item, item.body));
        partitions.add(List.of("0"));
        drain.drain(partitions);
        List<String> one = new ArrayList<>(Collections.nCopies(20, "beat-1"));
        one.set(2, "bad");
        partitions.add(one);
        partitions.add(Collections.nCopies(20, "beat-2"));
        producer.refusedByBroker.add("bad");

        for (int attempt = 0; attempt < 80; attempt++) {
            try {
                drain.drain(partitions);
            } catch (UndeliveredException refused) {
                assertThat(refused).hasMessageContaining("too large for the broker");
            }
        }
        Map<String, Long> published =
                producer.published().stream().collect(Collectors.groupingBy(body -> body, Collectors.counting()));
        // Of the refused one's batch, what was behind it had been sent before it was refused.
        assertThat(published).isEqualTo(Map.of("0", 1L, "beat-1", 3L, "beat-2", 20L));

        producer.refusedByBroker.clear();
        while (drain.drain(partitions) == Status.READY) {
            assertThat(producer.published()).hasSizeLessThanOrEqualTo(41);
        }
        assertThat(producer.published()).hasSize(41);
    }

    private void deliverTheFirstRecord() throws EventDeliveryException {
        channel.add("first");
        drain.drain(channel);
    }

    private void deliverAll() throws EventDeliveryException {
        Status status = Status.READY;
        while (status == Status.READY) {
            status = drain.drain(channel);
        }
    }

    private static EventToRecord mapping() {
        return new EventToRecord(
                new TopicRoute("t", Optional.empty()),
                "key",
                new PartitionRoute(Optional.of("part"), OptionalInt.empty()),
                new TimestampRoute(Optional.empty()),
                new RawEventCodec(),
                HeaderMapping.none(),
                HeaderSelection.none());
    }
}
