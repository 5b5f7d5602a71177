// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.transaction.ChannelFailedException;
import io.flafka.channel.transaction.ChannelTransaction;
import io.flafka.channel.transaction.PutOffsets;
import io.flafka.client.KafkaClients;
import io.flafka.client.TopicAddress;
import io.flafka.config.ContextParameters;
import io.flafka.exactlyonce.ExactlyOnceChannel;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.failure.OutOfMemoryReport;
import io.flafka.lifecycle.MonotonicClock;
import io.flafka.lifecycle.RetriedStart;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.apache.flume.lifecycle.LifecycleState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flume channel that stores its events in a Kafka topic. Any number of sources and sinks, in any number of agents, can use the same topic.
 *
 * <p>Thread-safe. A transaction belongs to the thread that called {@link #getTransaction}. Guarantee: at least once, in the order of each partition.
 */
public final class ChannelComponent extends AbstractChannel
        implements TransactionCapacitySupported, ExactlyOnceChannel {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelComponent.class);

    private final ChannelAssembly assembly;
    private final Clock clock;

    // Per channel, not static: a thread can have open transactions on several channels.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<ChannelTransaction> transactions = new ThreadLocal<>();

    private @Nullable ChannelSettings settings;
    private ExactlyOnceUse exactlyOnce = ExactlyOnceUse.NONE;
    private @Nullable ChannelMetrics metrics;
    private @Nullable RetriedStart<ChannelRun> runStart;
    private volatile @Nullable ChannelRun run;

    /** Creates a channel that uses Kafka's own clients. */
    public ChannelComponent() {
        this(KafkaClients.REAL);
    }

    ChannelComponent(KafkaClients clients) {
        this(clients, MonotonicClock.INSTANCE);
    }

    ChannelComponent(KafkaClients clients, Clock clock) {
        this.assembly = new ChannelAssembly(clients, clock);
        this.clock = clock;
    }

    /**
     * Reads the settings for the next start. Flume also calls this on a running channel, before it stops it.
     *
     * @throws org.apache.flume.conf.ConfigurationException with every problem in the settings
     */
    @Override
    public synchronized void configure(Context context) {
        settings = ChannelSettings.from(getName(), ContextParameters.of(context));
        exactlyOnce = ExactlyOnceUse.NONE;
        if (metrics == null) {
            metrics = new ChannelMetrics(getName());
        }
    }

    /**
     * Starts the channel; does nothing if it is started.
     *
     * <p>Does not fail if Kafka's clients cannot be created: Flume would wait for this channel with all components of the agent. Puts and takes fail until
     * they can.
     */
    @Override
    public synchronized void start() {
        if (getLifecycleState() == LifecycleState.START) {
            return;
        }
        // Flume configures a running channel before it stops it: a late start must not use what is meant for the next
        // one.
        ChannelSettings current = configured(settings);
        ExactlyOnceUse use = exactlyOnce;
        ChannelMetrics counters = configured(metrics);
        counters.start();
        counters.setChannelCapacity(current.capacity());
        counters.clients().select(current.kafkaMetrics());
        runStart = new RetriedStart<>(() -> newRun(current, use, counters), clock);
        super.start();
        try {
            run = runStart.start();
        } catch (FlumeException refused) {
            counters.lastError().set(refused.getMessage());
            LOG.error(
                    "KafkaChannel {}: cannot create its Kafka clients yet; puts and takes fail until it can, which is tried again at least once a minute:"
                            + " {}",
                    getName(),
                    refused.getMessage());
        }
    }

    private ChannelRun newRun(ChannelSettings configured, ExactlyOnceUse use, ChannelMetrics counters) {
        ChannelSettings current = configured.withBrokers("KafkaChannel " + getName());
        ChannelRun newRun = assembly.reportingTo(counters.clients()).newRun(getName(), current, use, counters);
        newRun.showIn(counters);
        LOG.info("KafkaChannel {}: started; its events are stored in topic {}", getName(), current.topic());
        return newRun;
    }

    /** Stops the channel within a bounded time; allowed without a successful start. */
    @Override
    public synchronized void stop() {
        ChannelRun stopping = run;
        run = null;
        try {
            if (stopping != null) {
                stopping.close();
            }
        } finally {
            if (getLifecycleState() == LifecycleState.START) {
                configured(metrics).stop();
            }
            super.stop();
        }
    }

    /** Returns the maximum number of events in one put transaction. Flume does not start a source or sink with a larger batch. */
    @Override
    public synchronized long getTransactionCapacity() {
        return configured(settings).puts().transactionCapacity();
    }

    @Override
    public synchronized Optional<TopicAddress> topicAddress() {
        return Optional.ofNullable(settings)
                .map(known -> TopicAddress.of(known.topic(), known.clients().producer()));
    }

    @Override
    public synchronized List<String> obstaclesForSinks() {
        return configured(settings).obstaclesToExactlyOnceTakes();
    }

    @Override
    public synchronized void leaveCommitsTo(String sink) {
        exactlyOnce = exactlyOnce.withSink(sink);
    }

    @Override
    public synchronized List<String> obstaclesForSources() {
        return configured(settings).obstaclesToExactlyOncePuts();
    }

    @Override
    public synchronized void acceptOffsetsOf(String source) {
        exactlyOnce = exactlyOnce.withSource(source);
    }

    @Override
    public void prepareOffsetsOf(String source) {
        running().prepareOffsetsOf(source);
    }

    @Override
    public void commitWithNextPut(String source, OffsetsToCommit offsets) {
        transactionOfThread().commitWithPut(new PutOffsets(source, offsets));
    }

    @Override
    public OffsetsToCommit takenOffsets() {
        return transaction("takenOffsets()").takenOffsets();
    }

    @Override
    public Transaction getTransaction() {
        return transactionOfThread();
    }

    private ChannelTransaction transactionOfThread() {
        ChannelTransaction open = transactions.get();
        if (open == null) {
            open = new ChannelTransaction(running(), transactions::remove);
            transactions.set(open);
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
            // Many sinks do not catch errors: Flume's thread would stop, and nothing would be logged.
            throw new ChannelFailedException(
                    OutOfMemoryReport.message("KafkaChannel " + getName(), "events cannot be taken", full));
        }
    }

    ChannelMetrics metrics() {
        return configured(metrics);
    }

    private ChannelTransaction transaction(String call) {
        ChannelTransaction open = transactions.get();
        if (open == null) {
            throw new IllegalStateException(call + " called on a thread that has no open transaction");
        }
        return open;
    }

    private ChannelRun running() {
        ChannelRun current = run;
        return current == null ? startedLater() : current;
    }

    private synchronized ChannelRun startedLater() {
        if (runStart == null || getLifecycleState() != LifecycleState.START) {
            throw new ChannelFailedException("KafkaChannel %s: the channel is not running".formatted(getName()));
        }
        ChannelRun current = run;
        if (current != null) {
            return current;
        }
        try {
            ChannelRun begun = runStart.start();
            run = begun;
            return begun;
        } catch (FlumeException refused) {
            metrics().lastError().set(refused.getMessage());
            metrics().puts().onNoClients();
            metrics().takes().onNoClients();
            throw new ChannelFailedException(
                    "KafkaChannel %s: neither stores nor delivers events until its Kafka clients can be created: %s"
                            .formatted(getName(), refused.getMessage()));
        }
    }

    private static <T> T configured(@Nullable T value) {
        return Objects.requireNonNull(value, "configure() must be called first");
    }
}
