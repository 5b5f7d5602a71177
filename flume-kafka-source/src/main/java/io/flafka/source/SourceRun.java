// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.BadRecord;
import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.FlowStoppedException;
import io.flafka.client.RecordDeserializers;
import io.flafka.consume.GroupMembership;
import io.flafka.consume.IdleConsumerReport;
import io.flafka.consume.KafkaVersions;
import io.flafka.consume.RecoveryCheck;
import io.flafka.consume.offsets.OffsetCommitter;
import io.flafka.consume.offsets.ReadPositions;
import java.time.Duration;
import java.util.List;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.PollableSource.Status;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * One run of a source, from start to stop: read a batch, hand it to the channels, commit its offsets.
 *
 * <p>For one thread at a time. Guarantee: at least once. An offset is committed only after every channel has the event, or after the record was disposed
 * of as a bad one; what the channels refuse is tried again, and nothing behind it overtakes it.
 */
final class SourceRun implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final BatchCollector collector;
    private final RecordDeserializers deserializers;
    private final RecordToEvent mapping;
    private final BadRecordPolicy badRecords;
    private final SourceOffsets offsets;
    private final IdleConsumerReport watch;
    private final SourceMetrics metrics;
    private final StallReport stall;
    private final GroupMembership member;
    private boolean closed;

    SourceRun(
            String source,
            SourceSettings settings,
            Consumer<byte[], byte[]> consumer,
            RecordDeserializers deserializers,
            IdleConsumerReport watch,
            SourceMetrics metrics) {
        this.consumer = consumer;
        this.deserializers = deserializers;
        this.watch = watch;
        this.metrics = metrics;
        String component = "KafkaSource " + source;
        ReadPositions positions = new ReadPositions(
                component,
                settings.consumer(),
                consumer,
                settings.zookeeper().startingOffsets(component, settings.consumer(), consumer));
        this.offsets = new SourceOffsets(source, consumer, new OffsetCommitter(consumer, positions), metrics);
        this.collector = new BatchCollector(consumer, settings.batch(), positions, offsets);
        this.mapping = settings.mapping(deserializers);
        this.badRecords = settings.errors().start(metrics::incrementBadRecordCount);
        this.stall = new StallReport(source, metrics);
        ExpulsionReport losses = new ExpulsionReport(
                source, settings.consumer().maxPollInterval(), settings.batch().most(), metrics);
        SourceRebalanceListener handover = new SourceRebalanceListener(consumer, offsets, collector, positions, losses);
        this.member = new GroupMembership(
                settings.consumer().groupProtocol(),
                consumer,
                () -> settings.topics().subscribe(consumer, handover));
        member.ensureSubscribed();
    }

    /** One batch. {@code BACKOFF} only if something holds the flow up: an idle topic is waited for in the poll, not in Flume's pause. */
    Status process(ChannelProcessor channels) {
        long start = System.nanoTime();
        member.ensureSubscribed();
        List<ConsumerRecord<byte[], byte[]>> batch = collector.collect();
        metrics.addToKafkaEventGetTimer(
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        watch.afterPoll(consumer);
        member.afterPoll();
        if (batch.isEmpty()) {
            if (!stall.isTrouble() || RecoveryCheck.hasRecovered(consumer)) {
                stall.over();
            }
            metrics.incrementKafkaEmptyCount();
        }
        Status status = forward(channels, batch);
        offsets.tell();
        return status;
    }

    /** Bad records split a batch: what lies before one is with the channels when it is disposed of, so that neither is done twice for the other's sake. */
    private Status forward(ChannelProcessor channels, List<ConsumerRecord<byte[], byte[]>> batch) {
        List<ConsumerRecord<byte[], byte[]>> rest = batch;
        try {
            while (!rest.isEmpty()) {
                MappedBatch mapped = mapping.map(rest);
                int good = mapped.events().size();
                if (good > 0) {
                    handOver(channels, mapped.events());
                    done(rest.subList(0, good));
                }
                rest = rest.subList(good, rest.size());
                if (mapped.bad().isPresent()) {
                    dispose(mapped.bad().get());
                    done(rest.subList(0, 1));
                    rest = rest.subList(1, rest.size());
                }
            }
            return Status.READY;
        } catch (ChannelException refused) {
            metrics.incrementChannelWriteFail();
            stall.refused(refused);
            // It may have taken long to refuse, and Flume's pause follows.
            collector.stayInGroup(Duration.ZERO);
            return Status.BACKOFF;
        } catch (InterceptionFailedException failed) {
            metrics.incrementEventReadFail();
            stall.failed(failed);
            collector.stayInGroup(Duration.ZERO);
            return Status.BACKOFF;
        } catch (FlowStoppedException stopped) {
            stall.stopped(stopped);
            return Status.BACKOFF;
        }
    }

    private void handOver(ChannelProcessor channels, List<Event> events) throws InterceptionFailedException {
        // An interceptor may change the list, so its size is read first.
        int count = events.size();
        metrics.addToEventReceivedCount(count);
        try {
            channels.processEventBatch(events);
        } catch (ChannelException refused) {
            throw refused;
        } catch (RuntimeException | LinkageError | StackOverflowError failed) {
            // Interceptors are the operator's: they may throw anything, lack a jar, or be caught by a long body.
            throw new InterceptionFailedException(failed);
        }
        metrics.addToEventAcceptedCount(count);
        stall.over();
    }

    private void dispose(BadRecord record) throws FlowStoppedException {
        metrics.incrementEventReadFail();
        badRecords.dispose(record);
        stall.over();
    }

    private void done(List<ConsumerRecord<byte[], byte[]>> records) {
        offsets.handedOver(records);
        collector.handedOver(records.size());
    }

    /** What Kafka refuses here passes or must be mended by a person: it is tried again either way. */
    Status troubled(KafkaException trouble) {
        metrics.incrementGenericProcessingFail();
        stall.troubled(trouble);
        member.onFailure(trouble);
        return Status.BACKOFF;
    }

    /** Whether Kafka has refused to be read, and nothing was read since. */
    boolean isInTrouble() {
        return stall.isTrouble();
    }

    /** Whether its consumer reads nothing more, so that only another run goes on. */
    boolean isOver() {
        return closed || member.hasLeft();
    }

    /** Ends the run within a bound: whatever was handed over is committed, and the group knows that this member is gone. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (deserializers;
                badRecords) {
            offsets.end();
        } finally {
            KafkaVersions.close(consumer, CLOSE_TIMEOUT);
        }
    }

    /** Ends a poll that is under way on another thread. */
    void wakeUp() {
        consumer.wakeup();
    }
}
