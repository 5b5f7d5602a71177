// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.BadRecord;
import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.FlowStoppedException;
import io.flafka.client.KafkaClients;
import io.flafka.client.RecordDeserializers;
import io.flafka.consume.ConsumerCompatibility;
import io.flafka.consume.GroupMembership;
import io.flafka.consume.IdleConsumerReport;
import io.flafka.consume.RecoveryCheck;
import io.flafka.consume.offsets.OffsetCommitter;
import io.flafka.consume.offsets.ReadPositions;
import io.flafka.exactlyonce.ExactlyOnceChannel;
import io.flafka.failure.ClientAccess.TopicUse;
import io.flafka.lifecycle.StartedResources;
import io.flafka.source.RecordToEvent.MappedBatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.PollableSource.Status;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * One run of a source, from start to stop: collects a batch, delivers it to the channels, commits its offsets.
 *
 * <p>For one thread at a time. Guarantee: at least once. An offset is committed only after every channel has the event, or after a bad record was
 * disposed of. A batch that the channels reject is retried, and no later record overtakes it.
 */
final class SourceRun implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final BatchCollector collector;
    private final RecordDeserializers deserializers;
    private final RecordToEvent mapping;
    private final BadRecordPolicy badRecords;
    private final DeliveredOffsets offsets;
    private final IdleConsumerReport idleReport;
    private final SourceMetrics metrics;
    private final StallReport stall;
    private final GroupMembership membership;
    private boolean isClosed;
    private boolean isAbandoned;

    /**
     * Starts a run, which closes what it opens.
     *
     * @param clients creates the Kafka clients
     * @param channel commits the offsets, if the source delivers exactly once
     * @throws org.apache.flume.FlumeException if a client refuses its settings
     */
    static SourceRun start(
            String source,
            SourceSettings settings,
            KafkaClients clients,
            Optional<ExactlyOnceChannel> channel,
            StallReport stall,
            SourceMetrics metrics) {
        KafkaClients reporting = clients.reportingTo(metrics.clients());
        try (StartedResources resources = new StartedResources()) {
            RecordDeserializers deserializers =
                    resources.add(RecordDeserializers.of(settings.consumer()), RecordDeserializers::close);
            Consumer<byte[], byte[]> consumer = resources.add(
                    reporting.consumer(settings.consumer()), each -> ConsumerCompatibility.close(each, CLOSE_TIMEOUT));
            SourceRun run =
                    new SourceRun(source, settings, reporting, consumer, deserializers, channel, stall, metrics);
            // From here on the run closes them.
            resources.handOver();
            return run;
        }
    }

    SourceRun(
            String source,
            SourceSettings settings,
            KafkaClients clients,
            Consumer<byte[], byte[]> consumer,
            RecordDeserializers deserializers,
            Optional<ExactlyOnceChannel> channel,
            StallReport stall,
            SourceMetrics metrics) {
        this.consumer = consumer;
        this.deserializers = deserializers;
        this.stall = stall;
        this.metrics = metrics;
        String component = "KafkaSource " + source;
        this.idleReport = new IdleConsumerReport(
                component,
                settings.consumer().access(TopicUse.READS),
                settings.topics().toString(),
                settings.topics()::containsAny,
                System::nanoTime);
        ReadPositions positions = new ReadPositions(
                component,
                settings.consumer(),
                consumer,
                settings.zookeeper().startingOffsets(component, settings.consumer(), consumer),
                settings.range(),
                clients::admin);
        this.offsets = channel.<DeliveredOffsets>map(
                        exactlyOnce -> new ChannelCommittedOffsets(source, consumer, positions, exactlyOnce))
                .orElseGet(
                        () -> new SourceOffsets(source, consumer, new OffsetCommitter(consumer, positions), metrics));
        this.collector = new BatchCollector(consumer, settings.batch(), positions, offsets);
        this.mapping = settings.createMapping(deserializers);
        metrics.consumer().setSources(collector.lag()::lag, offsets::uncommittedRecords);
        this.badRecords = settings.errors().start(metrics.badRecords(), clients);
        ExpulsionReport expulsions = new ExpulsionReport(
                source, settings.consumer().maxPollInterval(), settings.batch().maxSize(), metrics);
        SourceRebalanceListener listener =
                new SourceRebalanceListener(consumer, offsets, collector, positions, expulsions, metrics.consumer());
        this.membership = new GroupMembership(
                settings.consumer().groupProtocol(),
                consumer,
                () -> settings.topics().subscribe(consumer, listener));
        membership.ensureSubscribed();
    }

    /**
     * Processes one batch. Returns {@code BACKOFF} only if the source is stalled. If the topic is idle the poll itself waits, and Flume need not
     * pause.
     */
    Status process(ChannelProcessor channels) {
        membership.ensureSubscribed();
        try {
            offsets.prepare();
            return processBatch(channels);
        } catch (ChannelException rejected) {
            return onRejection(rejected);
        }
    }

    private Status processBatch(ChannelProcessor channels) {
        long start = System.nanoTime();
        List<ConsumerRecord<byte[], byte[]>> batch = collector.collect();
        metrics.addToKafkaEventGetTimer(
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        idleReport.afterPoll(consumer);
        membership.afterPoll();
        if (batch.isEmpty()) {
            if (!stall.isKafkaFailing() || (stall.isCalm() && RecoveryCheck.hasRecovered(consumer))) {
                stall.clear();
            }
            metrics.incrementKafkaEmptyCount();
        }
        Status status = deliver(channels, batch);
        offsets.onBatchEnd();
        return status;
    }

    /** Splits the batch at bad records. Delivers the events before a bad record first, then disposes of it, so that a retry repeats neither step. */
    private Status deliver(ChannelProcessor channels, List<ConsumerRecord<byte[], byte[]>> batch) {
        List<ConsumerRecord<byte[], byte[]>> rest = batch;
        try {
            while (!rest.isEmpty()) {
                MappedBatch mapped = mapping.map(rest);
                int good = mapped.events().size();
                if (good > 0) {
                    putIntoChannels(channels, mapped.events(), rest.subList(0, good));
                    collector.markDelivered(good);
                }
                rest = rest.subList(good, rest.size());
                if (mapped.badRecord().isPresent()) {
                    dispose(mapped.badRecord().get());
                    offsets.markDelivered(rest.subList(0, 1));
                    collector.markDelivered(1);
                    rest = rest.subList(1, rest.size());
                }
            }
            return Status.READY;
        } catch (ChannelException rejected) {
            return onRejection(rejected);
        } catch (InterceptionFailedException failed) {
            metrics.incrementEventReadFail();
            stall.onInterceptionFailure(failed);
            collector.stayInGroup(Duration.ZERO);
            return Status.BACKOFF;
        } catch (FlowStoppedException stopped) {
            stall.onBadRecord(stopped);
            return Status.BACKOFF;
        }
    }

    private Status onRejection(ChannelException rejected) {
        metrics.incrementChannelWriteFail();
        stall.onChannelRejection(rejected);
        // The channel may have blocked for long, and Flume's pause follows.
        collector.stayInGroup(Duration.ZERO);
        return Status.BACKOFF;
    }

    private void putIntoChannels(
            ChannelProcessor channels, List<Event> events, List<ConsumerRecord<byte[], byte[]>> records)
            throws InterceptionFailedException {
        // Read before the call, because an interceptor may change the list.
        int count = events.size();
        metrics.addToEventReceivedCount(count);
        try {
            offsets.deliver(records, () -> channels.processEventBatch(events));
        } catch (ChannelException rejected) {
            throw rejected;
        } catch (RuntimeException | LinkageError | StackOverflowError failed) {
            // An operator's interceptor may throw anything, miss a jar, or overflow the stack on a long body.
            throw new InterceptionFailedException(failed);
        }
        metrics.addToEventAcceptedCount(count);
        metrics.batches().add(count);
        stall.clear();
    }

    private void dispose(BadRecord record) throws FlowStoppedException {
        metrics.incrementEventReadFail();
        badRecords.dispose(record);
        stall.clear();
    }

    /** Reports a failure of Kafka. It is always retried: either it passes, or an operator fixes its cause. */
    Status onKafkaFailure(KafkaException failure) {
        metrics.incrementGenericProcessingFail();
        stall.onKafkaFailure(failure);
        membership.onFailure(failure);
        return Status.BACKOFF;
    }

    /** Returns whether the consumer failed and has not read anything since. */
    boolean isKafkaFailing() {
        return stall.isKafkaFailing();
    }

    /** Returns whether the consumer will never read again. Then only a new run can continue. */
    boolean hasEnded() {
        return isClosed || isAbandoned || membership.hasLeft();
    }

    /** Returns whether {@link #abandon} has ended the run. */
    boolean isAbandoned() {
        return isAbandoned;
    }

    /** Ends the run after an error that may have hit the consumer in the middle of a poll. */
    void abandon() {
        isAbandoned = true;
    }

    /** Commits the offsets of delivered records and leaves the group, in bounded time. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try (deserializers;
                badRecords) {
            offsets.commitBeforeClose();
        } finally {
            ConsumerCompatibility.close(consumer, CLOSE_TIMEOUT);
            collector.lag().clear();
        }
    }

    /** Ends a poll that is running on another thread. */
    void wakeUp() {
        consumer.wakeup();
    }
}
