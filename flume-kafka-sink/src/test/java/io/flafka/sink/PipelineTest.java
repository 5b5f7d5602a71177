// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.ErrorTolerance;
import io.flafka.badrecord.RefusedRecords;
import io.flafka.client.ClientSettings;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;
import io.flafka.event.RawEventCodec;
import io.flafka.lifecycle.WorkThread;
import io.flafka.produce.PipelinedPublisher;
import io.flafka.testing.LiveThreads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several batches in flight: in order while nothing fails, each with an end of its own. */
@Timeout(30)
class PipelineTest {

    private static final ClientSettings SETTINGS = new ClientSettings(Map.of("bootstrap.servers", "b:9092"));

    private static final int LANES = 3;
    private static final int BATCH_SIZE = 2;

    private static final BadRecordPolicy POLICY = new ErrorTolerance.None().start(() -> {});

    private final FaultyChannel channel = new FaultyChannel();
    private final SinkMetrics metrics = new SinkMetrics("k1");
    private final List<WorkThread> threads = IntStream.range(0, LANES)
            .mapToObj(i -> new WorkThread("KafkaSink k1", "lane-test-" + i))
            .toList();

    @AfterEach
    void nothingIsLeftOpen() {
        threads.forEach(WorkThread::close);
        channel.stop();
        assertThat(channel.closed).hasValue(channel.opened.get());
        LiveThreads.assertNoneOf("lane-test");
    }

    @Test
    void asManyBatchesAreInFlightAsAllowedInTheOrderOfTheChannel() throws Exception {
        MockProducer<String, byte[]> producer = new MockProducer<>(
                false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        channel.add("a", "b", "c", "d", "e", "f", "g");
        FutureTask<Status> process = new FutureTask<>(() -> drain(producer).drain(channel));
        Thread runner = new Thread(process);

        runner.start();
        // The first record to a topic is awaited before others follow.
        Awaitility.await().until(producer::completeNext);
        Awaitility.await().until(() -> producer.history().size() == LANES * BATCH_SIZE);
        assertThat(metrics.getEventDrainSuccessCount()).isZero();
        Thread broker = new Thread(() -> {
            while (!process.isDone()) {
                producer.completeNext();
            }
        });
        broker.start();

        assertThat(process.get(10, TimeUnit.SECONDS)).isEqualTo(Status.READY);
        assertThat(producer.history().stream().map(record -> new String(record.value(), UTF_8)))
                .containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(7);
        runner.join();
        broker.join();
    }

    @Test
    void aFailedBatchDoesNotDisturbThoseInFlight() throws EventDeliveryException {
        PickyProducer producer = new PickyProducer();
        BatchDrain drain = drain(producer);
        channel.add("a", "b", "bad", "d", "e", "f");
        producer.refusesAfter = LANES * BATCH_SIZE;
        producer.refusedByBroker.add("bad");

        assertThatThrownBy(() -> drain.drain(channel))
                .hasMessage(
                        "KafkaSink k1: stopped at event 1 of the batch: a record for t: RecordTooLargeException: too large for the broker; fix the cause,"
                                + " or skip the record with errors.tolerance=all and errors.deadletterqueue.topic.name");
        assertThat(producer.published()).containsExactly("a", "b", "d", "e", "f");
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(4);
    }

    @Test
    void afterAFailureNothingIsPublishedBehindTheEventUntilItSucceeds() throws EventDeliveryException {
        PickyProducer producer = new PickyProducer();
        BatchDrain drain = drain(producer);
        channel.add("a", "b", "bad", "d", "e", "f");
        producer.refusesAfter = LANES * BATCH_SIZE;
        producer.refusedByBroker.add("bad");

        catchFailure(drain);
        channel.add("g", "h");
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> drain.drain(channel)).hasMessageContaining("too large for the broker");
        }
        assertThat(producer.published()).containsExactly("a", "b", "d", "e", "f");
        producer.refusedByBroker.clear();
        drain.drain(channel);
        drain.drain(channel);

        assertThat(producer.published()).containsExactly("a", "b", "d", "e", "f", "bad", "g", "h");
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(8);
        assertThat(drain.drain(channel)).isEqualTo(Status.BACKOFF);
    }

    @Test
    void nothingOvertakesWhatTheProducerRefusesAtOnce() throws EventDeliveryException {
        PickyProducer producer = new PickyProducer();
        BatchDrain drain = drain(producer);
        channel.add("a", "bad", "c", "d", "e", "f");
        producer.refused.add("bad");

        catchFailure(drain);
        drain.drain(channel);
        for (int attempt = 0; attempt < 3; attempt++) {
            catchFailure(drain);
        }

        assertThat(producer.published()).containsExactly("a");
    }

    @Test
    void failedBatchesGoBackInTheOrderInWhichTheyWereTaken() throws EventDeliveryException {
        PickyProducer producer = new PickyProducer();
        BatchDrain drain = drain(producer);
        channel.add("0");
        drain.drain(channel);
        channel.add("a", "b", "c", "d", "e", "f");
        producer.refusesAfter = 1 + LANES * BATCH_SIZE;
        producer.refusedByBroker.addAll(List.of("a", "b", "c", "d", "e", "f"));

        catchFailure(drain);
        producer.refusedByBroker.clear();
        drain.drain(channel);
        drain.drain(channel);

        assertThat(producer.published()).containsExactly("0", "a", "b", "c", "d", "e", "f");
    }

    @Test
    void anInterruptEndsItWithWhatIsAcknowledgedCommitted() throws EventDeliveryException {
        PickyProducer producer = new PickyProducer();
        channel.add("a", "b", "c", "d", "e", "f", "g");
        Thread.currentThread().interrupt();

        drain(producer).drain(channel);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(producer.published()).hasSize((int) metrics.getEventDrainSuccessCount());
        assertThat(channel.interruptedAtEnd).doesNotContain(true);
    }

    private void catchFailure(BatchDrain drain) {
        assertThatThrownBy(() -> drain.drain(channel)).isInstanceOf(DeliveryFailedException.class);
    }

    private BatchDrain drain(Producer<String, byte[]> producer) {
        EventToRecord mapping = new EventToRecord(
                new TopicRoute("t", Optional.empty()),
                "key",
                new PartitionRoute(Optional.empty(), OptionalInt.empty()),
                new TimestampRule(Optional.empty()),
                new RawEventCodec(),
                HeaderMapping.none(),
                HeaderSelection.none());
        EventSender intake =
                new EventSender(mapping, new SharedChannelDetector(), new ReturnedEvents(100, () -> true), POLICY);
        PipelinedPublisher publisher = PipelinedPublisher.ofSeveralBatches(() -> producer, SETTINGS);
        List<BatchLane> lanes = threads.stream()
                .map(thread ->
                        new BatchLane("k1", thread, intake, publisher, new RefusedRecords(POLICY, UTF_8), metrics))
                .toList();
        return new BatchDrain(BATCH_SIZE, lanes);
    }
}
