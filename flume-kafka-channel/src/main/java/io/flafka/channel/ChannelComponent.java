// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.transaction.ChannelFailure;
import io.flafka.channel.transaction.ChannelTransaction;
import io.flafka.client.KafkaClients;
import io.flafka.client.TopicAddress;
import io.flafka.client.TopicBackedChannel;
import io.flafka.config.ContextParameters;
import io.flafka.failure.OutOfMemoryReport;
import java.util.Objects;
import java.util.Optional;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flume channel whose events are records of a Kafka topic: put by any number of sources, taken by any number of sinks, of any number of agents.
 *
 * <p>Thread-safe. A transaction belongs to the thread that asked for it. Guarantee: at least once, in the order of each partition.
 */
public final class ChannelComponent extends AbstractChannel
        implements TransactionCapacitySupported, TopicBackedChannel {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelComponent.class);

    private final ChannelAssembly assembly;

    // Of this channel: a thread may have a transaction open on each of several channels.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<ChannelTransaction> current = new ThreadLocal<>();

    private @Nullable ChannelSettings settings;
    private @Nullable ChannelMetrics metrics;
    private volatile @Nullable ChannelRun run;

    /** As Flume makes it. */
    public ChannelComponent() {
        this(KafkaClients.REAL);
    }

    ChannelComponent(KafkaClients clients) {
        this.assembly = new ChannelAssembly(clients);
    }

    /**
     * Takes effect at the next start: Flume configures a running channel again before it stops it.
     *
     * @throws org.apache.flume.conf.ConfigurationException naming everything that is wrong
     */
    @Override
    public synchronized void configure(Context context) {
        settings = ChannelSettings.from(getName(), ContextParameters.of(context));
        if (metrics == null) {
            metrics = new ChannelMetrics(getName());
        }
    }

    /** Does nothing if it is running. */
    @Override
    public synchronized void start() {
        if (run != null) {
            return;
        }
        ChannelSettings now = configured(settings).withBrokers("KafkaChannel " + getName());
        ChannelMetrics counters = configured(metrics);
        ChannelRun begun = assembly.newRun(getName(), now, counters);
        run = begun;
        counters.start();
        counters.setChannelCapacity(now.capacity());
        counters.sizeIs(begun::backlog);
        LOG.info("KafkaChannel {}: keeps its events in topic {}", getName(), now.topic());
        super.start();
    }

    /** Ends within a bound; may be called without a successful start. */
    @Override
    public synchronized void stop() {
        ChannelRun ending = run;
        run = null;
        try {
            if (ending != null) {
                ending.close();
                configured(metrics).stop();
            }
        } finally {
            super.stop();
        }
    }

    /** Flume does not start a source or sink whose batch is larger. */
    @Override
    public synchronized long getTransactionCapacity() {
        return configured(settings).transactionCapacity();
    }

    @Override
    public synchronized Optional<TopicAddress> topicAddress() {
        return Optional.ofNullable(settings).map(now -> TopicAddress.of(now.topic(), now.producer()));
    }

    @Override
    public Transaction getTransaction() {
        ChannelTransaction open = current.get();
        if (open == null) {
            open = new ChannelTransaction(running(), current::remove);
            current.set(open);
        }
        return open;
    }

    @Override
    public void put(Event event) {
        transaction("put()").put(event);
    }

    @Override
    public @Nullable Event take() {
        try {
            return transaction("take()").take();
        } catch (OutOfMemoryError full) {
            // Many a sink lets an error end Flume's thread, without a word in the log.
            throw new ChannelFailure(
                    OutOfMemoryReport.message("KafkaChannel " + getName(), "no event can be taken", full));
        }
    }

    /** Its counters. */
    ChannelMetrics metrics() {
        return configured(metrics);
    }

    private ChannelTransaction transaction(String call) {
        ChannelTransaction open = current.get();
        if (open == null) {
            throw new IllegalStateException(call + " called without a transaction of this thread");
        }
        return open;
    }

    private ChannelRun running() {
        ChannelRun now = run;
        if (now == null) {
            throw new ChannelFailure("KafkaChannel %s: not started".formatted(getName()));
        }
        return now;
    }

    private static <T> T configured(@Nullable T value) {
        return Objects.requireNonNull(value, "Flume calls configure() first");
    }
}
