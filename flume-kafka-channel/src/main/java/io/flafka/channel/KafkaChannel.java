// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.client.ConsumerFactory;
import io.flafka.client.ProducerFactory;
import io.flafka.consume.ConnectionWatch;
import io.flafka.metrics.ChannelMetrics;
import io.flafka.produce.EventPublisher;
import io.flafka.produce.PublisherFactory;
import java.time.Clock;
import java.util.Objects;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
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
public final class KafkaChannel extends AbstractChannel implements TransactionCapacitySupported {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaChannel.class);

    private final ConsumerFactory consumers;
    private final ProducerFactory producers;

    // Of this channel: a thread may have a transaction open on each of several channels.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<ChannelTransaction> current = new ThreadLocal<>();

    private @Nullable ChannelSettings settings;
    private @Nullable ChannelMetrics metrics;
    private volatile @Nullable ChannelRun run;

    /** As Flume makes it. */
    public KafkaChannel() {
        this(ConsumerFactory.KAFKA, ProducerFactory.KAFKA);
    }

    KafkaChannel(ConsumerFactory consumers, ProducerFactory producers) {
        this.consumers = consumers;
        this.producers = producers;
    }

    /**
     * Takes effect at the next start: Flume configures a running channel again before it stops it.
     *
     * @throws org.apache.flume.conf.ConfigurationException naming everything that is wrong
     */
    @Override
    public synchronized void configure(Context context) {
        settings = ChannelSettings.from(getName(), context.getParameters());
        if (metrics == null) {
            metrics = new ChannelMetrics(getName());
        }
    }

    @Override
    public synchronized void start() {
        ChannelSettings now = configured(settings);
        ChannelMetrics counters = configured(metrics);
        run = newRun(now, counters);
        counters.start();
        counters.setChannelCapacity(now.capacity());
        LOG.info("KafkaChannel {}: keeps its events in topic {}", getName(), now.topic());
        super.start();
    }

    /** Makes both clients now, so that what they refuse shows at the start; neither connects before it is used. */
    private ChannelRun newRun(ChannelSettings now, ChannelMetrics counters) {
        EventPublisher publisher = new PublisherFactory(producers).create(getName(), now.producer());
        try {
            ChannelConsumer reader =
                    new ChannelConsumer(getName(), now.topic(), consumers.create(now.consumer()), watch(now));
            return new ChannelRun(getName(), now, publisher, reader, counters);
        } catch (FlumeException refused) {
            publisher.close();
            throw refused;
        }
    }

    private ConnectionWatch watch(ChannelSettings now) {
        return new ConnectionWatch(
                "KafkaChannel " + getName(),
                now.consumer().brokers(),
                "topic " + now.topic(),
                names -> names.contains(now.topic()),
                Clock.systemUTC());
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
        return transaction("take()").take();
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
