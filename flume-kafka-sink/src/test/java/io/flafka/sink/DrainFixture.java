// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.badrecord.BadRecordMetrics;
import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.ErrorTolerance;
import io.flafka.badrecord.MissingTopics;
import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;
import io.flafka.event.RawEventCodec;
import io.flafka.lifecycle.WorkThread;
import io.flafka.metrics.MetricGroup;
import io.flafka.produce.PipelinedPublisher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.junit.jupiter.api.AfterEach;

/** A {@link BatchDrain} with one lane, between a {@link FaultyChannel} and a {@link RefusingProducer}. */
abstract class DrainFixture {

    private static final ClientSettings SETTINGS = new ClientSettings(Map.of("bootstrap.servers", "b:9092"));

    static final int BATCH_SIZE = 4;
    private static final BadRecordPolicy POLICY =
            new ErrorTolerance.None().start(new BadRecordMetrics(new MetricGroup()), KafkaClients.REAL);

    final FaultyChannel channel = new FaultyChannel();
    final RefusingProducer producer = new RefusingProducer();
    final SinkMetrics metrics = new SinkMetrics("k1");
    private final WorkThread thread = new WorkThread("KafkaSink k1", "drain-test");
    private final SharedChannelDetector sharedChannel = new SharedChannelDetector();
    final BatchDrain drain = new BatchDrain(
            new BatchSize(BATCH_SIZE, BATCH_SIZE),
            List.of(new BatchLane(
                    "k1",
                    thread,
                    new EventSender(
                            mapping(),
                            sharedChannel,
                            new ReturnedEvents(100, sharedChannel::isAlone),
                            missingTopics(),
                            POLICY),
                    new BatchDelivery.AtLeastOnce(
                            PipelinedPublisher.ofOneBatch(() -> producer, SETTINGS, KafkaClients.REAL::admin)),
                    new RefusedRecordHandler(POLICY, UTF_8),
                    metrics)));

    @AfterEach
    void assertEveryTransactionIsClosed() {
        Thread.interrupted();
        thread.close();
        channel.stop();
        assertThat(channel.closed).hasValue(channel.opened.get());
    }

    final void deliverFirstEvent() throws EventDeliveryException {
        channel.add("first");
        drain.drain(channel);
    }

    final void deliverAll() throws EventDeliveryException {
        Status status = Status.READY;
        while (status == Status.READY) {
            status = drain.drain(channel);
        }
    }

    static MissingTopics missingTopics() {
        return MissingTopics.ofConfiguredTopic();
    }

    static EventToRecord mapping() {
        return new EventToRecord(
                new TopicRoute("k1", "t", Optional.empty()),
                new RecordKey("key", Optional.empty()),
                new PartitionRoute(Optional.of("part"), OptionalInt.empty()),
                new TimestampRule("k1", Optional.empty()),
                new RawEventCodec(),
                ConstantHeaders.NONE,
                HeaderMapping.none(),
                HeaderSelection.none());
    }
}
