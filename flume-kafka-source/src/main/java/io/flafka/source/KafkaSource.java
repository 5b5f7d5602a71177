// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.client.ConsumerFactory;
import io.flafka.client.RecordDeserializers;
import io.flafka.config.ContextParameters;
import io.flafka.consume.ConnectionWatch;
import io.flafka.metrics.SourceMetrics;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.flume.PollableSource;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.source.AbstractSource;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads Kafka topics into Flume channels, each record at least once and in the order of its partition.
 *
 * <p>Flume calls {@link #process} on a thread of its own and the rest on its life-cycle thread.
 */
public final class KafkaSource extends AbstractSource implements PollableSource, Configurable, BatchSizeSupported {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private final ConsumerFactory consumers;
    /** Held by whoever uses the run: it ends only between two batches. */
    private final ReentrantLock inUse = new ReentrantLock();

    private volatile @Nullable SourceSettings settings;
    private volatile @Nullable SourceMetrics metrics;
    /** Those of the run. */
    private volatile @Nullable SourceSettings running;

    private volatile @Nullable SourceRun run;

    /** As Flume makes it. */
    public KafkaSource() {
        this(ConsumerFactory.KAFKA);
    }

    KafkaSource(ConsumerFactory consumers) {
        this.consumers = consumers;
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

    @Override
    public synchronized void start() {
        SourceSettings now = configured(settings).withBrokers("KafkaSource " + getName());
        SourceMetrics counters = configured(metrics);
        run = newRun(now, counters);
        running = now;
        counters.start();
        LOG.info("KafkaSource {}: reads {}", getName(), now.topics());
        super.start();
    }

    private SourceRun newRun(SourceSettings now, SourceMetrics counters) {
        // First what can be refused and holds nothing open.
        RecordDeserializers deserializers = RecordDeserializers.of(now.consumer());
        return new SourceRun(getName(), now, consumers.create(now.consumer()), deserializers, watch(now), counters);
    }

    private ConnectionWatch watch(SourceSettings now) {
        return new ConnectionWatch(
                "KafkaSource " + getName(),
                now.consumer().brokers(),
                now.topics().toString(),
                now.topics()::isAmong,
                Clock.systemUTC());
    }

    @Override
    public Status process() {
        inUse.lock();
        try {
            SourceRun current = run;
            if (current == null) {
                return Status.BACKOFF;
            }
            return current.isOver() ? replace(current) : process(current);
        } finally {
            inUse.unlock();
        }
    }

    /** The old one first: a member's name is its own. */
    private Status replace(SourceRun over) {
        try {
            over.close();
        } catch (KafkaException unanswered) {
            LOG.debug("KafkaSource {}: the end of its consumer", getName(), unanswered);
        }
        try {
            run = newRun(configured(running), configured(metrics));
            LOG.info("KafkaSource {}: its consumer had left the group {} and is replaced", getName(), group());
            return Status.READY;
        } catch (FlumeException refused) {
            LOG.error("KafkaSource {}: its consumer cannot be replaced yet: {}", getName(), refused.getMessage());
            return Status.BACKOFF;
        }
    }

    private String group() {
        return configured(running).consumer().groupId();
    }

    private Status process(SourceRun current) {
        try {
            return current.process(getChannelProcessor());
        } catch (WakeupException | InterruptException stopping) {
            return Status.BACKOFF;
        } catch (KafkaException trouble) {
            return current.troubled(trouble);
        }
    }

    /** Ends within a bound. Everything the channels have is committed, so that a clean restart repeats nothing. */
    @Override
    public synchronized void stop() {
        SourceRun ending = run;
        try {
            if (ending != null) {
                ending.wakeUp();
                end(ending);
                configured(metrics).stop();
            }
        } finally {
            super.stop();
        }
    }

    /** That one, or the one that has taken its place meanwhile. */
    private void end(SourceRun ending) {
        inUse.lock();
        try {
            SourceRun current = run;
            run = null;
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
