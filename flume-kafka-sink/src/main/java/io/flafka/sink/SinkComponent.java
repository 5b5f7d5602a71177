// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.client.KafkaClients;
import io.flafka.config.ContextParameters;
import io.flafka.exactlyonce.DeliveryGuarantee;
import io.flafka.failure.OutOfMemoryReport;
import io.flafka.lifecycle.MonotonicClock;
import io.flafka.lifecycle.RetriedStart;
import java.time.Clock;
import java.util.Objects;
import org.apache.flume.Channel;
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
 * Flume's view of the Kafka sink: writes the events of a channel to Kafka topics, each at least once.
 *
 * <p>Flume calls {@link #process} on the thread of the sink's runner. It stops that thread before it calls {@link #stop}. It calls the other methods
 * on its life-cycle thread.
 */
public final class SinkComponent extends AbstractSink implements Configurable, BatchSizeSupported {

    private static final Logger LOG = LoggerFactory.getLogger(SinkComponent.class);

    private final KafkaClients clients;
    private final Clock clock;

    private volatile @Nullable SinkSettings settings;
    private volatile @Nullable SinkMetrics metrics;
    private @Nullable RetriedStart<SinkRun> runStart;
    private volatile @Nullable SinkRun run;

    /** Creates a sink with Kafka's own client. Called by reflection. */
    public SinkComponent() {
        this(KafkaClients.REAL);
    }

    SinkComponent(KafkaClients clients) {
        this(clients, MonotonicClock.INSTANCE);
    }

    SinkComponent(KafkaClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * Reads the settings. They take effect at the next {@link #start}.
     *
     * @throws org.apache.flume.conf.ConfigurationException with every error of the configuration
     */
    @Override
    public synchronized void configure(Context context) {
        settings = SinkSettings.from(getName(), ContextParameters.of(context));
        if (metrics == null) {
            metrics = new SinkMetrics(getName());
        }
        checkGuarantee();
    }

    /**
     * Sets the channel.
     *
     * @throws org.apache.flume.conf.ConfigurationException if the sink must deliver exactly once and cannot do so with this channel
     */
    @Override
    public synchronized void setChannel(@Nullable Channel channel) {
        super.setChannel(channel);
        checkGuarantee();
    }

    private void checkGuarantee() {
        SinkSettings now = settings;
        Channel channel = getChannel();
        if (now != null && channel != null && now.guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
            new ExactlyOnceCheck(getName(), now).takeOverCommitsOf(channel);
        }
    }

    /**
     * Starts the sink; does nothing if it is running.
     *
     * <p>If Kafka's client cannot be created, for example because no broker's name can be resolved, this method does not fail: {@link #process}
     * retries, less and less often. Flume starts the sinks of a group together, and a failure here would keep the others from taking over.
     */
    @Override
    public synchronized void start() {
        if (getLifecycleState() == LifecycleState.START) {
            return;
        }
        super.start();
        SinkSettings current = configured(settings);
        SinkMetrics counters = configured(metrics);
        counters.start();
        counters.clients().select(current.kafkaMetrics());
        runStart = new RetriedStart<>(() -> newRun(current), clock);
        try {
            run = runStart.start();
        } catch (FlumeException refused) {
            counters.onFailure(refused.getMessage());
            LOG.error(
                    "KafkaSink {}: cannot create its Kafka client yet, and takes no events until it can, which is tried again at least once a minute: {}",
                    getName(),
                    refused.getMessage());
        }
    }

    private SinkRun newRun(SinkSettings now) {
        SinkRun begun = SinkRun.start(
                getName(), now, BatchSize.of(now.batchSize(), getChannel()), clients, configured(metrics));
        LOG.info("KafkaSink {}: writes to topic {}", getName(), now.topic());
        new SinkLoopCheck(now).warnIfLoop(getName(), getChannel());
        return begun;
    }

    @Override
    public Status process() throws EventDeliveryException {
        SinkMetrics counters = configured(metrics);
        try {
            Status status = drain();
            counters.onSuccess();
            return status;
        } catch (EventDeliveryException | RuntimeException failed) {
            counters.onFailure(failed.getMessage());
            throw failed;
        }
    }

    private Status drain() throws EventDeliveryException {
        try {
            SinkRun current = run == null ? retryStart() : run;
            return current == null ? Status.BACKOFF : current.drain(getChannel());
        } catch (OutOfMemoryError full) {
            // Everything is rolled back. The error itself would stop Flume's thread, with no line in the log.
            throw DeliveryFailedException.withoutEvent(OutOfMemoryReport.message(
                    "KafkaSink " + getName(), "the batch is rolled back and will be retried", full));
        }
    }

    /** Returns null if the sink is stopped. */
    private synchronized @Nullable SinkRun retryStart() throws DeliveryFailedException {
        if (run == null && runStart != null && getLifecycleState() == LifecycleState.START) {
            try {
                run = runStart.start();
            } catch (FlumeException refused) {
                throw DeliveryFailedException.withoutEvent(
                        "KafkaSink %s: takes no events until its Kafka client can be created: %s"
                                .formatted(getName(), refused.getMessage()));
            }
        }
        return run;
    }

    /** Stops the sink within a time limit. Does nothing more if the start failed or was never called. */
    @Override
    public synchronized void stop() {
        SinkRun ending = run;
        run = null;
        try (ending) {
            if (getLifecycleState() == LifecycleState.START) {
                configured(metrics).stop();
            }
        } finally {
            super.stop();
        }
    }

    /** Returns the maximum number of events in one batch, which Flume compares with the channel's capacity before it sets the channel. */
    @Override
    public long getBatchSize() {
        return BatchSize.of(configured(settings).batchSize(), getChannel()).events();
    }

    private static <T> T configured(@Nullable T value) {
        return Objects.requireNonNull(value, "Flume calls configure() first");
    }
}
