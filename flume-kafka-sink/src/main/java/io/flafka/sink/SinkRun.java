// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.MissingTopics;
import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.badrecord.TopicLookup;
import io.flafka.client.KafkaClients;
import io.flafka.event.PartitionRoute;
import io.flafka.lifecycle.StartedResources;
import io.flafka.lifecycle.WorkThread;
import io.flafka.produce.PublisherFactory;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.transaction.TransactionalIds;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.flume.Channel;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;

/** One run of a sink, from start to stop. {@link #drain} is for one thread, which must have stopped before {@link #close}. */
final class SinkRun implements AutoCloseable {

    /** An escape in {@code kafka.topic} whose value no event's header sets: any but <code>%{header}</code>. */
    private static final Pattern OPERATORS_ESCAPE = Pattern.compile("%[^{]");

    private final BatchDrain drain;
    private final StartedResources resources;

    private SinkRun(BatchDrain drain, StartedResources resources) {
        this.drain = drain;
        this.resources = resources;
    }

    /**
     * Starts a run. If the start fails, everything that it opened is closed again.
     *
     * @throws org.apache.flume.FlumeException if the client refuses its settings
     */
    static SinkRun start(
            String sinkName, SinkSettings settings, BatchSize batchSize, KafkaClients clients, SinkMetrics metrics) {
        KafkaClients reporting = clients.reportingTo(metrics.clients());
        try (StartedResources resources = new StartedResources()) {
            BadRecordPolicy badRecords =
                    resources.add(badRecords(settings, reporting, metrics), BadRecordPolicy::close);
            PublisherFactory publishers =
                    new PublisherFactory(reporting, TransactionalIds.Kind.SINK, metrics.transactions());
            BatchDelivery delivery = delivery(sinkName, settings, publishers, resources);
            SharedChannelDetector sharedChannel = new SharedChannelDetector();
            TopicLookup lookup =
                    resources.add(new TopicLookup(() -> clients.admin(settings.producer())), TopicLookup::close);
            MissingTopics missingTopics = missingTopics(settings, lookup);
            EventSender sender = new EventSender(
                    mapping(sinkName, settings),
                    sharedChannel,
                    ReturnedEvents.ofSink(batchSize.events(), settings.maxInFlightBatches(), sharedChannel::isAlone),
                    missingTopics,
                    badRecords);
            RefusedRecordHandler refusedRecordHandler =
                    new RefusedRecordHandler(badRecords, settings.producer().keyCharset(), missingTopics);
            List<BatchLane> lanes = IntStream.rangeClosed(1, settings.maxInFlightBatches())
                    .mapToObj(i -> new WorkThread("KafkaSink " + sinkName, "flafka-sink-" + sinkName + "-" + i))
                    .map(thread -> new BatchLane(
                            sinkName,
                            resources.add(thread, WorkThread::close),
                            sender,
                            delivery,
                            refusedRecordHandler,
                            metrics))
                    .toList();
            return new SinkRun(new BatchDrain(batchSize, lanes), resources.handOver());
        }
    }

    /** With an escape of time, the operator may create the topic in a moment, for example that of a new day. */
    private static MissingTopics missingTopics(SinkSettings settings, TopicLookup lookup) {
        return OPERATORS_ESCAPE.matcher(settings.topic()).find()
                ? MissingTopics.ofConfiguredTopic()
                : MissingTopics.among(
                        topic -> !topic.equals(settings.topic()),
                        lookup,
                        settings.producer().keyCharset());
    }

    private static BadRecordPolicy badRecords(SinkSettings settings, KafkaClients clients, SinkMetrics metrics) {
        return switch (settings.guarantee()) {
            case AT_LEAST_ONCE -> settings.tolerance().start(metrics.badRecords(), clients);
            case EXACTLY_ONCE ->
                settings.tolerance()
                        .startInTransactions(
                                metrics.badRecords(),
                                clients,
                                settings.producer().keyCharset());
        };
    }

    private static BatchDelivery delivery(
            String sinkName, SinkSettings settings, PublisherFactory publishers, StartedResources resources) {
        return switch (settings.guarantee()) {
            case AT_LEAST_ONCE ->
                new BatchDelivery.AtLeastOnce(
                        resources.add(publisher(sinkName, settings, publishers), BatchPublisher::close));
            case EXACTLY_ONCE ->
                new BatchDelivery.ExactlyOnce(resources.add(
                        publishers.forExactlyOnce(sinkName, settings.producer(), settings.maxInFlightBatches()),
                        BatchPublisher::close));
        };
    }

    private static BatchPublisher publisher(String sinkName, SinkSettings settings, PublisherFactory publishers) {
        return settings.maxInFlightBatches() == 1
                ? publishers.forOneBatch(sinkName, settings.producer())
                : publishers.forSeveralBatches(sinkName, settings.producer());
    }

    private static EventToRecord mapping(String sinkName, SinkSettings settings) {
        return new EventToRecord(
                new TopicRoute(sinkName, settings.topic(), settings.topicHeader()),
                settings.key(),
                new PartitionRoute(settings.partitionHeader(), settings.defaultPartition()),
                new TimestampRule(sinkName, settings.timestampHeader()),
                settings.codec(),
                settings.constantHeaders(),
                settings.mappedHeaders(),
                settings.selectedHeaders());
    }

    /**
     * Delivers some batches.
     *
     * @return {@code BACKOFF} if no event was delivered
     * @throws EventDeliveryException if a batch was rolled back to the channel
     */
    Status drain(Channel channel) throws EventDeliveryException {
        return drain.drain(channel);
    }

    /** Closes the clients and stops the threads, each within a time limit. */
    @Override
    public void close() {
        resources.close();
    }
}
