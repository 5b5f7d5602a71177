// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.client.KafkaClients;
import io.flafka.config.ContextParameters;
import io.flafka.failure.OutOfMemoryReport;
import java.util.Objects;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.FlumeException;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.lifecycle.LifecycleState;
import org.apache.flume.sink.AbstractSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a channel's events to Kafka topics, each at least once.
 *
 * <p>Flume calls {@link #process} on a thread of its own, which has ended when {@link #stop} is called, and the rest on its life-cycle thread.
 */
public final class SinkComponent extends AbstractSink implements Configurable, BatchSizeSupported {

    private static final Logger LOG = LoggerFactory.getLogger(SinkComponent.class);

    private final KafkaClients clients;

    private volatile @Nullable SinkSettings settings;
    private volatile @Nullable SinkMetrics metrics;
    private volatile @Nullable SinkRun run;

    /** As Flume makes it. */
    public SinkComponent() {
        this(KafkaClients.REAL);
    }

    SinkComponent(KafkaClients clients) {
        this.clients = clients;
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

    /**
     * Does nothing if it is running. A client that cannot be made, as when no broker's name resolves, is made by {@link #process} once it can: Flume starts
     * the sinks of a group together, and one that failed here would keep the others from taking its place.
     */
    @Override
    public synchronized void start() {
        if (run != null) {
            return;
        }
        super.start();
        try {
            run = newRun();
        } catch (FlumeException refused) {
            LOG.error(
                    "KafkaSink {}: cannot write yet, and tries again until it can: {}",
                    getName(),
                    refused.getMessage());
        }
    }

    private SinkRun newRun() {
        SinkSettings now = configured(settings);
        SinkRun begun = SinkRun.start(getName(), now, clients, configured(metrics));
        LOG.info("KafkaSink {}: writes to topic {}", getName(), now.topic());
        new SinkLoopCheck(now).warn(getName(), getChannel());
        return begun;
    }

    @Override
    public Status process() throws EventDeliveryException {
        try {
            SinkRun current = run == null ? startedLater() : run;
            return current == null ? Status.BACKOFF : current.drain(getChannel());
        } catch (OutOfMemoryError full) {
            // Everything has been given back. An error would end Flume's thread, without a word in the log.
            throw DeliveryFailedException.byChannel(OutOfMemoryReport.message(
                    "KafkaSink " + getName(), "the batch is given back and tried again", full));
        }
    }

    /** Null if it is stopped. */
    private synchronized @Nullable SinkRun startedLater() throws DeliveryFailedException {
        if (run == null && getLifecycleState() == LifecycleState.START) {
            try {
                run = newRun();
            } catch (FlumeException refused) {
                throw DeliveryFailedException.byChannel(
                        "KafkaSink %s: nothing is taken: %s".formatted(getName(), refused.getMessage()));
            }
        }
        return run;
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
