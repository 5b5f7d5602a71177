// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.client.ProducerFactory;
import io.flafka.config.ContextParameters;
import io.flafka.failure.FullHeap;
import io.flafka.lifecycle.StartedParts;
import io.flafka.metrics.SinkMetrics;
import io.flafka.produce.PublisherFactory;
import io.flafka.produce.TransactionalIds;
import java.util.Objects;
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
    private volatile @Nullable SinkRun run;

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

    /** Does nothing if it is running: Flume starts all sinks of a group again for as long as one of them cannot start. */
    @Override
    public synchronized void start() {
        if (run != null) {
            return;
        }
        SinkSettings now = configured(settings);
        try (StartedParts parts = new StartedParts()) {
            SinkRun begun = parts.add(
                    SinkRun.start(
                            getName(),
                            now,
                            new PublisherFactory(producers, TransactionalIds.Kind.SINK),
                            configured(metrics)),
                    SinkRun::close);
            super.start();
            run = begun;
            parts.keep();
        }
        LOG.info("KafkaSink {}: writes to topic {}", getName(), now.topic());
        new RoundTrip(now).warn(getName(), getChannel());
    }

    @Override
    public Status process() throws EventDeliveryException {
        SinkRun current = run;
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
        SinkRun ending = run;
        run = null;
        try (ending) {
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
