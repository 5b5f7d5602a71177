// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.client.ProducerFactory;
import io.flafka.config.ContextParameters;
import io.flafka.errors.BadRecordPolicy;
import io.flafka.errors.Refusals;
import io.flafka.failure.FullHeap;
import io.flafka.metrics.SinkMetrics;
import io.flafka.produce.BatchPublisher;
import io.flafka.produce.PartitionRoute;
import io.flafka.produce.PublisherFactory;
import io.flafka.produce.TransactionalIds;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.sink.AbstractSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a channel's events to Kafka topics, each at least once.
 *
 * <p>Flume calls {@link #process} on a thread of its own, which has ended when {@link #stop} is called, and the rest on its life-cycle thread.
 */
public final class KafkaSink extends AbstractSink implements Configurable, BatchSizeSupported {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);

    private final ProducerFactory producers;

    private volatile @Nullable SinkSettings settings;
    private volatile @Nullable SinkMetrics metrics;
    private @Nullable BatchPublisher publisher;
    private @Nullable BadRecordPolicy badRecords;
    private volatile @Nullable BatchDrain drain;

    /** As Flume makes it. */
    public KafkaSink() {
        this(ProducerFactory.KAFKA);
    }

    KafkaSink(ProducerFactory producers) {
        this.producers = producers;
    }

    /**
     * Takes effect at the next start.
     *
     * @throws org.apache.flume.conf.ConfigurationException naming everything that is wrong
     */
    @Override
    public synchronized void configure(Context context) {
        settings = SinkSettings.from(getName(), ContextParameters.of(context));
        if (metrics == null) {
            metrics = new SinkMetrics(getName());
        }
    }

    @Override
    public synchronized void start() {
        SinkSettings now = configured(settings);
        SinkMetrics counters = configured(metrics);
        BatchPublisher newPublisher = publisher(now);
        publisher = newPublisher;
        BadRecordPolicy newPolicy = now.tolerance().start(counters::incrementBadRecordCount);
        badRecords = newPolicy;
        Intake intake = new Intake(mapping(now), new GivenBack(), newPolicy);
        Refusals refusals = new Refusals(newPolicy, now.producer().keyCharset());
        List<Lane> lanes = threads(now.maxInFlightBatches())
                .map(thread -> new Lane(getName(), thread, intake, newPublisher, refusals, counters))
                .toList();
        drain = new BatchDrain(now.batchSize(), lanes, counters);
        counters.start();
        LOG.info("KafkaSink {}: writes to topic {}", getName(), now.topic());
        new RoundTrip(now).warn(getName(), getChannel());
        super.start();
    }

    private BatchPublisher publisher(SinkSettings now) {
        PublisherFactory factory = new PublisherFactory(producers, TransactionalIds.Kind.SINK);
        return now.maxInFlightBatches() == 1
                ? factory.forOneBatch(getName(), now.producer())
                : factory.forSeveralBatches(getName(), now.producer());
    }

    private Stream<LaneThread> threads(int lanes) {
        return lanes == 1
                ? Stream.of(new CallingThread())
                : IntStream.rangeClosed(1, lanes).mapToObj(i -> new OwnThread("flafka-sink-" + getName() + "-" + i));
    }

    private static EventToRecord mapping(SinkSettings now) {
        return new EventToRecord(
                new TopicRoute(now.topic(), now.topicHeader()),
                now.keyHeader(),
                new PartitionRoute(now.partitionHeader(), now.defaultPartition()),
                new TimestampRoute(now.timestampHeader()),
                now.codec(),
                now.headers(),
                now.selectedHeaders());
    }

    @Override
    public Status process() throws EventDeliveryException {
        BatchDrain current = drain;
        try {
            return current == null ? Status.BACKOFF : current.drain(getChannel());
        } catch (OutOfMemoryError full) {
            // Everything has been given back. An error would end Flume's thread, without a word in the log.
            throw UndeliveredException.byChannel(
                    FullHeap.message("KafkaSink " + getName(), "the batch is given back and tried again", full));
        }
    }

    /** Ends within a bound; may be called without a successful start. */
    @Override
    public synchronized void stop() {
        BatchDrain idle = drain;
        BatchPublisher ending = publisher;
        drain = null;
        BadRecordPolicy policy = badRecords;
        publisher = null;
        badRecords = null;
        try (policy;
                ending;
                idle) {
            if (ending != null) {
                configured(metrics).stop();
            }
        } finally {
            super.stop();
        }
    }

    @Override
    public long getBatchSize() {
        return configured(settings).batchSize();
    }

    private static <T> T configured(@Nullable T value) {
        return Objects.requireNonNull(value, "Flume calls configure() first");
    }
}
