// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.RefusedRecords;
import io.flafka.client.KafkaClients;
import io.flafka.event.PartitionRoute;
import io.flafka.lifecycle.StartedResources;
import io.flafka.lifecycle.WorkThread;
import io.flafka.produce.PublisherFactory;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.transaction.TransactionalIds;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flume.Channel;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;

/** One run of a sink, from start to stop. {@link #drain} is for one thread, which has ended when this is closed. */
final class SinkRun implements AutoCloseable {

    private final BatchDrain drain;
    private final StartedResources parts;

    private SinkRun(BatchDrain drain, StartedResources parts) {
        this.drain = drain;
        this.parts = parts;
    }

    /**
     * Begins one. If that fails, nothing of it is left.
     *
     * @throws org.apache.flume.FlumeException if the client refuses its settings
     */
    static SinkRun start(String sink, SinkSettings settings, KafkaClients clients, SinkMetrics metrics) {
        try (StartedResources parts = new StartedResources()) {
            BadRecordPolicy badRecords =
                    parts.add(settings.tolerance().start(metrics::incrementBadRecordCount, clients), BadRecordPolicy::close);
            BatchPublisher publisher = parts.add(publisher(sink, settings, clients), BatchPublisher::close);
            SharedChannelDetector taker = new SharedChannelDetector();
            EventSender intake = new EventSender(
                    mapping(settings),
                    taker,
                    ReturnedEvents.ofSink(settings.batchSize(), settings.maxInFlightBatches(), taker::isAlone),
                    badRecords);
            RefusedRecords refusals =
                    new RefusedRecords(badRecords, settings.producer().keyCharset());
            List<BatchLane> lanes = IntStream.rangeClosed(1, settings.maxInFlightBatches())
                    .mapToObj(i -> new WorkThread("KafkaSink " + sink, "flafka-sink-" + sink + "-" + i))
                    .map(thread -> new BatchLane(
                            sink, parts.add(thread, WorkThread::close), intake, publisher, refusals, metrics))
                    .toList();
            parts.add(metrics, SinkMetrics::stop).start();
            return new SinkRun(new BatchDrain(settings.batchSize(), lanes), parts.handOver());
        }
    }

    private static BatchPublisher publisher(String sink, SinkSettings settings, KafkaClients clients) {
        PublisherFactory publishers = new PublisherFactory(clients, TransactionalIds.Kind.SINK);
        return settings.maxInFlightBatches() == 1
                ? publishers.forOneBatch(sink, settings.producer())
                : publishers.forSeveralBatches(sink, settings.producer());
    }

    private static EventToRecord mapping(SinkSettings settings) {
        return new EventToRecord(
                new TopicRoute(settings.topic(), settings.topicHeader()),
                settings.keyHeader(),
                new PartitionRoute(settings.partitionHeader(), settings.defaultPartition()),
                new TimestampRule(settings.timestampHeader()),
                settings.codec(),
                settings.headers(),
                settings.selectedHeaders());
    }

    /**
     * Some batches; {@code BACKOFF} if the channel is empty.
     *
     * @throws EventDeliveryException if a batch was given back to the channel
     */
    Status drain(Channel channel) throws EventDeliveryException {
        return drain.drain(channel);
    }

    /** Ends within a bound. */
    @Override
    public void close() {
        parts.close();
    }
}
