// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.client.KafkaClients;
import io.flafka.config.ContextParameters;
import io.flafka.exactlyonce.DeliveryGuarantee;
import io.flafka.exactlyonce.ExactlyOnceChannel;
import io.flafka.failure.ChangingReason;
import io.flafka.failure.ClientAccess.TopicUse;
import io.flafka.failure.OutOfMemoryReport;
import io.flafka.lifecycle.MonotonicClock;
import io.flafka.lifecycle.RetriedStart;
import io.flafka.lifecycle.WorkThread;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.flume.PollableSource;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.lifecycle.LifecycleState;
import org.apache.flume.source.AbstractSource;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads Kafka topics into Flume channels. Delivers each record at least once, and the records of a partition in order.
 *
 * <p>Flume calls {@link #process} on the source's runner thread and the other methods on its life-cycle thread.
 */
public final class SourceComponent extends AbstractSource implements PollableSource, Configurable, BatchSizeSupported {

    private static final Duration CALM = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(SourceComponent.class);

    private final KafkaClients clients;
    private final Clock clock;
    /** Held by {@link #process}, so that a stop waits until the call has ended. */
    private final ReentrantLock runLock = new ReentrantLock();

    private volatile @Nullable SourceSettings settings;
    private volatile @Nullable SourceMetrics metrics;
    /** The settings of the current run. */
    private volatile @Nullable SourceSettings runSettings;

    /** Why the client cannot be created or replaced, as it was logged. */
    private final ChangingReason refusal = new ChangingReason();

    private @Nullable RetriedStart<SourceThread> threadStart;
    private volatile @Nullable SourceThread thread;

    /** Outlives a run: a stall that made a new consumer necessary ends when that consumer reads. */
    private volatile @Nullable StallReport stall;

    /** Creates an unconfigured source. */
    public SourceComponent() {
        this(KafkaClients.REAL);
    }

    SourceComponent(KafkaClients clients) {
        this(clients, MonotonicClock.INSTANCE);
    }

    SourceComponent(KafkaClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * Reads the settings. They take effect at the next start.
     *
     * @throws org.apache.flume.conf.ConfigurationException with every error in the settings
     */
    @Override
    public synchronized void configure(Context context) {
        settings = SourceSettings.from(getName(), ContextParameters.of(context));
        if (metrics == null) {
            metrics = new SourceMetrics(getName());
        }
        checkGuarantee();
    }

    /**
     * Sets the channels.
     *
     * @throws org.apache.flume.conf.ConfigurationException if the source must deliver exactly once and cannot do so with these channels
     */
    @Override
    public synchronized void setChannelProcessor(@Nullable ChannelProcessor processor) {
        super.setChannelProcessor(processor);
        checkGuarantee();
    }

    private void checkGuarantee() {
        SourceSettings now = settings;
        if (now != null && getChannelProcessor() != null && now.guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
            new ExactlyOnceCheck(getName(), now).handOverCommitsTo(channels());
        }
    }

    /** Returns the channel that commits the source's offsets, if the source delivers exactly once. */
    private Optional<ExactlyOnceChannel> committingChannel(SourceSettings newSettings) {
        return newSettings.guarantee() == DeliveryGuarantee.EXACTLY_ONCE
                ? Optional.of((ExactlyOnceChannel) channels().get(0))
                : Optional.empty();
    }

    private List<Channel> channels() {
        return getChannelProcessor().getSelector().getAllChannels();
    }

    /**
     * Starts the source. Does nothing if it is started.
     *
     * <p>If Kafka's client cannot be created, for example because no broker's name can be resolved, this method does not fail: {@link #process} retries,
     * less and less often.
     */
    @Override
    public synchronized void start() {
        if (getLifecycleState() == LifecycleState.START) {
            return;
        }
        super.start();
        SourceSettings current = configured(settings);
        configured(metrics).start();
        configured(metrics).clients().select(current.kafkaMetrics());
        threadStart = new RetriedStart<>(() -> newThread(current), clock);
        startThread();
    }

    /** Does nothing if the source is running or stopped, or if the last attempt was a moment ago. */
    private synchronized void startThread() {
        RetriedStart<SourceThread> next = threadStart;
        if (thread != null || next == null || !next.isDue() || getLifecycleState() != LifecycleState.START) {
            return;
        }
        try {
            thread = next.start();
            refusal.clear();
        } catch (FlumeException refused) {
            reportOnce(
                    "KafkaSource {}: cannot create its Kafka client yet, and reads nothing until it can, which is tried again at least once a minute: {}",
                    refused);
        }
    }

    private void reportOnce(String text, FlumeException refused) {
        configured(metrics).heldUp().onFailure();
        configured(metrics).lastError().set(refused.getMessage());
        if (refusal.isNew(String.valueOf(refused.getMessage()))) {
            LOG.error(text, getName(), refused.getMessage());
        }
    }

    private SourceThread newThread(SourceSettings current) {
        SourceSettings newSettings = current.withBrokers("KafkaSource " + getName());
        StallReport newStall =
                new StallReport(getName(), newSettings.consumer().access(TopicUse.READS), CALM, configured(metrics));
        SourceThread begun = newThread(newSettings, configured(metrics), newStall);
        runSettings = newSettings;
        stall = newStall;
        LOG.info("KafkaSource {}: reads {}", getName(), newSettings.topics());
        new SourceLoopCheck(newSettings.topics(), newSettings.consumer()).warn(getName(), channels());
        return begun;
    }

    private SourceThread newThread(SourceSettings newSettings, SourceMetrics counters, StallReport stallReport) {
        WorkThread workThread = new WorkThread("KafkaSource " + getName(), "flafka-source-" + getName());
        return new SourceThread(
                SourceRun.start(getName(), newSettings, clients, committingChannel(newSettings), stallReport, counters),
                workThread);
    }

    @Override
    public Status process() {
        if (thread == null) {
            // Not under the lock, which a stop waits for.
            startThread();
        }
        // Before the lock: a stop has the monitor that this needs, and waits for the lock.
        ChannelProcessor processor = getChannelProcessor();
        runLock.lock();
        try {
            SourceThread current = thread;
            return current == null ? Status.BACKOFF : process(current, processor);
        } finally {
            runLock.unlock();
        }
    }

    private Status process(SourceThread current, ChannelProcessor processor) {
        try {
            return current.run().hasEnded() ? replace(current) : current.process(processor);
        } catch (OutOfMemoryError error) {
            // Kafka's client may have skipped records that it never returned, so this run must not read on.
            current.run().abandon();
            String consequence = "a new consumer replaces the current one, and reads on after the last delivered event";
            OutOfMemoryReport.log(LOG, "KafkaSource " + getName(), consequence + "; nothing is lost", error);
            return Status.BACKOFF;
        } catch (Error failed) {
            // From a class of the operator's in Kafka's client, which can have skipped records as above. Flume's thread
            // must not end by it.
            current.run().abandon();
            configured(stall).onConsumerFailure(failed);
            return Status.BACKOFF;
        }
    }

    /** Closes the old run before it creates the new one, because both consumers have the same client id and {@code group.instance.id}. */
    private Status replace(SourceThread ended) {
        try {
            ended.close();
        } catch (KafkaException | LinkageError | StackOverflowError unfinished) {
            LOG.debug("KafkaSource {}: closing the old consumer failed", getName(), unfinished);
        }
        SourceSettings current = configured(runSettings);
        try {
            thread = newThread(current, configured(metrics), configured(stall));
            refusal.clear();
            LOG.info("KafkaSource {}: a new consumer replaces the one that could no longer read", getName());
            // The next consumer may run out of memory too, and Flume's pause grows only from BACKOFF to BACKOFF.
            return ended.run().isAbandoned() ? Status.BACKOFF : Status.READY;
        } catch (FlumeException failure) {
            reportOnce("KafkaSource {}: cannot replace its consumer: {}; retrying", failure);
            return Status.BACKOFF;
        }
    }

    /** Stops the source in bounded time. Commits everything that the channels have, so that a clean restart repeats nothing. */
    @Override
    public synchronized void stop() {
        SourceThread stopping = thread;
        try {
            if (stopping != null) {
                stopping.run().wakeUp();
                close(stopping);
            }
        } catch (KafkaException | LinkageError | StackOverflowError failed) {
            // After an error Flume would stop no other component. Kafka's client wraps one into its own exception.
            LOG.warn(
                    "KafkaSource {}: its Kafka consumer failed at the stop ({}); events delivered since the last offset commit can be"
                            + " delivered again",
                    getName(),
                    (failed.getCause() == null ? failed : failed.getCause()).toString());
        } finally {
            if (getLifecycleState() == LifecycleState.START) {
                configured(metrics).stop();
            }
            super.stop();
        }
    }

    /** Closes this thread, or the one that {@link #replace} has set meanwhile. */
    private void close(SourceThread stopping) {
        runLock.lock();
        try {
            SourceThread current = thread;
            thread = null;
            (current == null ? stopping : current).close();
        } finally {
            runLock.unlock();
        }
    }

    @Override
    public long getBatchSize() {
        return configured(settings).batch().maxSize();
    }

    @Override
    public long getBackOffSleepIncrement() {
        return configured(settings).backoffSleepIncrement().toMillis();
    }

    @Override
    public long getMaxBackOffSleepInterval() {
        return configured(settings).maxBackoffSleep().toMillis();
    }

    private static <T> T configured(@Nullable T value) {
        return Objects.requireNonNull(value, "Flume calls configure() first");
    }
}
