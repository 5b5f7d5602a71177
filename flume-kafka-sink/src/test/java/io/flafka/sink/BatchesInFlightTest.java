// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.badrecord.BadRecordMetrics;
import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.ErrorTolerance;
import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.lifecycle.WorkThread;
import io.flafka.metrics.MetricGroup;
import io.flafka.produce.PipelinedPublisher;
import io.flafka.testing.LiveThreads;
import java.util.List;
import java.util.Map;
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

/** Several batches in flight: in the channel's order while nothing fails, each committed or rolled back by itself. */
@Timeout(30)
class BatchesInFlightTest {

    private static final ClientSettings SETTINGS = new ClientSettings(Map.of("bootstrap.servers", "b:9092"));

    private static final int LANES = 3;
    private static final int BATCH_SIZE = 2;

    private static final BadRecordPolicy POLICY =
            new ErrorTolerance.None().start(new BadRecordMetrics(new MetricGroup()), KafkaClients.REAL);

    private final FaultyChannel channel = new FaultyChannel();
    private final SinkMetrics metrics = new SinkMetrics("k1");
    private final List<WorkThread> threads = IntStream.range(0, LANES)
            .mapToObj(i -> new WorkThread("KafkaSink k1", "lane-test-" + i))
            .toList();

    @AfterEach
    void assertNothingIsLeftOpen() {
        threads.forEach(WorkThread::close);
        channel.stop();
        assertThat(channel.closed).hasValue(channel.opened.get());
        LiveThreads.assertNoneNamed("lane-test");
    }

    @Test
    void hasOneBatchInFlightPerLaneInOrderOfChannel() throws Exception {
        MockProducer<String, byte[]> producer = new MockProducer<>(
                false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        channel.add("a", "b", "c", "d", "e", "f", "g");
        FutureTask<Status> process = new FutureTask<>(() -> drain(producer).drain(channel));
        Thread runner = new Thread(process);

        runner.start();
        // Other records follow only after the first one to a topic is acknowledged.
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
    void failedBatchDoesNotAffectOthersInFlight() throws EventDeliveryException {
        RefusingProducer producer = new RefusingProducer();
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
    void sendsNothingPastFailedEventUntilItSucceeds() throws EventDeliveryException {
        RefusingProducer producer = new RefusingProducer();
        BatchDrain drain = drain(producer);
        channel.add("a", "b", "bad", "d", "e", "f");
        producer.refusesAfter = LANES * BATCH_SIZE;
        producer.refusedByBroker.add("bad");

        assertDrainFails(drain);
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
    void sendsNothingPastEventThatClientRefuses() throws EventDeliveryException {
        RefusingProducer producer = new RefusingProducer();
        BatchDrain drain = drain(producer);
        channel.add("a", "bad", "c", "d", "e", "f");
        producer.refused.add("bad");

        assertDrainFails(drain);
        drain.drain(channel);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertDrainFails(drain);
        }

        assertThat(producer.published()).containsExactly("a");
    }

    @Test
    void rollsFailedBatchesBackInOrder() throws EventDeliveryException {
        RefusingProducer producer = new RefusingProducer();
        BatchDrain drain = drain(producer);
        channel.add("0");
        drain.drain(channel);
        channel.add("a", "b", "c", "d", "e", "f");
        producer.refusesAfter = 1 + LANES * BATCH_SIZE;
        producer.refusedByBroker.addAll(List.of("a", "b", "c", "d", "e", "f"));

        assertDrainFails(drain);
        producer.refusedByBroker.clear();
        drain.drain(channel);
        drain.drain(channel);

        assertThat(producer.published()).containsExactly("0", "a", "b", "c", "d", "e", "f");
    }

    @Test
    void commitsAcknowledgedEventsAfterInterrupt() throws EventDeliveryException {
        RefusingProducer producer = new RefusingProducer();
        channel.add("a", "b", "c", "d", "e", "f", "g");
        Thread.currentThread().interrupt();

        drain(producer).drain(channel);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(producer.published()).hasSize((int) metrics.getEventDrainSuccessCount());
        assertThat(channel.interruptedAtEnd).doesNotContain(true);
    }

    private void assertDrainFails(BatchDrain drain) {
        assertThatThrownBy(() -> drain.drain(channel)).isInstanceOf(DeliveryFailedException.class);
    }

    private BatchDrain drain(Producer<String, byte[]> producer) {
        EventSender sender = new EventSender(
                DrainFixture.mapping(),
                new SharedChannelDetector(),
                new ReturnedEvents(100, () -> true),
                DrainFixture.missingTopics(),
                POLICY);
        BatchDelivery delivery = new BatchDelivery.AtLeastOnce(
                PipelinedPublisher.ofSeveralBatches(() -> producer, SETTINGS, KafkaClients.REAL::admin));
        List<BatchLane> lanes = threads.stream()
                .map(thread ->
                        new BatchLane("k1", thread, sender, delivery, new RefusedRecordHandler(POLICY, UTF_8), metrics))
                .toList();
        return new BatchDrain(new BatchSize(BATCH_SIZE, BATCH_SIZE), lanes);
    }
}
