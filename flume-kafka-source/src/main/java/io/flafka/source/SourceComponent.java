// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.client.KafkaClients;
import io.flafka.client.RecordDeserializers;
import io.flafka.config.ContextParameters;
import io.flafka.consume.IdleConsumerReport;
import io.flafka.consume.KafkaVersions;
import io.flafka.failure.OutOfMemoryReport;
import io.flafka.lifecycle.StartedResources;
import io.flafka.lifecycle.WorkThread;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.flume.PollableSource;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.source.AbstractSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads Kafka topics into Flume channels, each record at least once and in the order of its partition.
 *
 * <p>Flume calls {@link #process} on a thread of its own and the rest on its life-cycle thread.
 */
public final class SourceComponent extends AbstractSource implements PollableSource, Configurable, BatchSizeSupported {

    private static final Logger LOG = LoggerFactory.getLogger(SourceComponent.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaClients clients;
    /** Held by whoever uses the run: it ends only between two batches. */
    private final ReentrantLock inUse = new ReentrantLock();

    private volatile @Nullable SourceSettings settings;
    private volatile @Nullable SourceMetrics metrics;
    /** Those of the run. */
    private volatile @Nullable SourceSettings running;

    private volatile @Nullable SourceThread work;

    /** As Flume makes it. */
    public SourceComponent() {
        this(KafkaClients.REAL);
    }

    SourceComponent(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * Takes effect at the next start.
     *
     * @throws org.apache.flume.conf.ConfigurationException naming everything that is wrong
     */
    @Override
    public synchronized void configure(Context context) {
        settings = SourceSettings.from(getName(), ContextParameters.of(context));
        if (metrics == null) {
            metrics = new SourceMetrics(getName());
        }
    }

    /** Does nothing if it is running. */
    @Override
    public synchronized void start() {
        if (work != null) {
            return;
        }
        SourceSettings now = configured(settings).withBrokers("KafkaSource " + getName());
        SourceMetrics counters = configured(metrics);
        try (StartedResources parts = new StartedResources()) {
            SourceThread begun = parts.add(newWork(now, counters), SourceThread::close);
            super.start();
            work = begun;
            running = now;
            parts.handOver();
        }
        counters.start();
        LOG.info("KafkaSource {}: reads {}", getName(), now.topics());
        new SourceLoopCheck(now.topics(), now.consumer())
                .warn(getName(), getChannelProcessor().getSelector().getAllChannels());
    }

    private SourceThread newWork(SourceSettings now, SourceMetrics counters) {
        WorkThread thread = new WorkThread("KafkaSource " + getName(), "flafka-source-" + getName());
        return new SourceThread(newRun(now, counters), thread);
    }

    private SourceRun newRun(SourceSettings now, SourceMetrics counters) {
        try (StartedResources parts = new StartedResources()) {
            RecordDeserializers deserializers =
                    parts.add(RecordDeserializers.of(now.consumer()), RecordDeserializers::close);
            Consumer<byte[], byte[]> consumer =
                    parts.add(clients.consumer(now.consumer()), each -> KafkaVersions.close(each, CLOSE_TIMEOUT));
            SourceRun begun = new SourceRun(getName(), now, clients, consumer, deserializers, watch(now), counters);
            // They are the run's now.
            parts.handOver();
            return begun;
        }
    }

    private IdleConsumerReport watch(SourceSettings now) {
        return new IdleConsumerReport(
                "KafkaSource " + getName(),
                now.consumer().brokers(),
                now.topics().toString(),
                now.topics()::isAmong,
                System::nanoTime);
    }

    @Override
    public Status process() {
        inUse.lock();
        try {
            SourceThread current = work;
            if (current == null) {
                return Status.BACKOFF;
            }
            return current.run().isOver() ? replace(current) : current.process(getChannelProcessor());
        } catch (OutOfMemoryError full) {
            // Kafka's client may have gone beyond records that nobody got: nothing may be read behind them.
            OutOfMemoryReport.log(LOG, "KafkaSource " + getName(), "it has stopped; nothing is lost", full);
            throw full;
        } finally {
            inUse.unlock();
        }
    }

    /** The old one first: a member's name is its own. */
    private Status replace(SourceThread over) {
        try {
            over.close();
        } catch (KafkaException unanswered) {
            LOG.debug("KafkaSource {}: the end of its consumer", getName(), unanswered);
        }
        SourceSettings now = configured(running);
        try {
            work = newWork(now, configured(metrics));
            LOG.info(
                    "KafkaSource {}: its consumer had left the group {} and is replaced",
                    getName(),
                    now.consumer().groupId());
            return Status.READY;
        } catch (FlumeException refused) {
            LOG.error("KafkaSource {}: its consumer cannot be replaced yet: {}", getName(), refused.getMessage());
            return Status.BACKOFF;
        }
    }

    /** Ends within a bound. Everything the channels have is committed, so that a clean restart repeats nothing. */
    @Override
    public synchronized void stop() {
        SourceThread ending = work;
        try {
            if (ending != null) {
                ending.run().wakeUp();
                end(ending);
                configured(metrics).stop();
            }
        } finally {
            super.stop();
        }
    }

    /** That one, or the one that has taken its place meanwhile. */
    private void end(SourceThread ending) {
        inUse.lock();
        try {
            SourceThread current = work;
            work = null;
            (current == null ? ending : current).close();
        } finally {
            inUse.unlock();
        }
    }

    @Override
    public long getBatchSize() {
        return configured(settings).batch().most();
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
