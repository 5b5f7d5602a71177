// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.badrecord.BadRecord;
import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.FlowStoppedException;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.transaction.ChannelFailedException;
import io.flafka.channel.transaction.ChannelTransaction;
import io.flafka.event.UnreadableRecordException;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.failure.UnusableClassException;
import java.time.Duration;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the channel for a sink. For one thread.
 *
 * <p>The first take waits for an event. A later one ends the batch if there is none, so that events are not held back until a batch is full.
 *
 * <p>A bad record that must not be skipped stays in its partition. If the transaction has events, its batch ends before that record. If not, it takes
 * from other partitions, and fails only if they have no events.
 */
public final class TakeTransaction implements ChannelTransaction.Work {

    private static final Logger LOG = LoggerFactory.getLogger(TakeTransaction.class);

    private final String channel;
    private final Duration pollTimeout;
    private final RecordToChannelEvent mapping;
    private final BadRecordPolicy badRecords;
    private final CommitWait commitWait;
    private final TakeBuffer buffer;
    private final ChannelMetrics metrics;
    private final OpenTake open = new OpenTake();
    /** Does not count skipped records. */
    private int events;

    /** Null if the channel commits the offsets. */
    private @Nullable TakenOffsets offsets;

    /**
     * Creates a transaction that has taken nothing.
     *
     * @param channel the channel's name, for messages
     * @param pollTimeout how long the first take waits
     * @param mapping makes an event of each record
     * @param badRecords disposes of records that cannot become an event
     * @param commitWait what the commit waits for
     */
    public TakeTransaction(
            String channel,
            Duration pollTimeout,
            RecordToChannelEvent mapping,
            BadRecordPolicy badRecords,
            CommitWait commitWait,
            TakeBuffer buffer,
            ChannelMetrics metrics) {
        this.channel = channel;
        this.pollTimeout = pollTimeout;
        this.mapping = mapping;
        this.badRecords = badRecords;
        this.commitWait = commitWait;
        this.buffer = buffer;
        this.metrics = metrics;
    }

    @Override
    public void put(Event event) {
        throw new IllegalStateException("put() called in a transaction that takes");
    }

    @Override
    public OffsetsToCommit takenOffsets() {
        buffer.commits().requireSinks(channel);
        TakenOffsets taken = new TakenOffsets(buffer, open);
        offsets = taken;
        return taken;
    }

    /** Returns null if no event came in time, or if the batch ends before a bad record. */
    @Override
    public @Nullable Event take() {
        if (offsets == null) {
            buffer.commits().requireTakenOffsets(channel);
        }
        try {
            while (open.hasNext() || refill()) {
                ConsumerRecord<byte[], byte[]> record = open.next();
                try {
                    Event event = mapping.event(record);
                    events++;
                    return event;
                } catch (UnreadableRecordException unreadable) {
                    if (!skip(record, unreadable)) {
                        return null;
                    }
                } catch (UnusableClassException unusable) {
                    if (!stopAt(record, location(record) + ": " + unusable.getMessage())) {
                        return null;
                    }
                }
            }
            return null;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private boolean refill() throws InterruptedException {
        long start = System.nanoTime();
        try {
            boolean hasMore = buffer.refill(open, events == 0 ? pollTimeout : Duration.ZERO);
            metrics.takes().onAnswered();
            return hasMore;
        } catch (ChannelFailedException failure) {
            noteFailure(failure.getMessage());
            throw failure;
        } finally {
            metrics.addToKafkaEventGetTimer(
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }

    private void noteFailure(@Nullable String reason) {
        metrics.takes().onFailed();
        metrics.lastError().set(reason);
    }

    /**
     * Skips a bad record if the policy allows it. A record that a rollback brings back is not disposed of again. Returns false if the batch ends
     * here.
     */
    private boolean skip(ConsumerRecord<byte[], byte[]> record, UnreadableRecordException unreadable) {
        if (buffer.isSkipped(open, record)) {
            return true;
        }
        try {
            badRecords.dispose(BadRecord.unreadable(record, unreadable));
            buffer.markSkipped(open, record);
            return true;
        } catch (FlowStoppedException stopped) {
            return stopAt(record, String.valueOf(stopped.getMessage()));
        }
    }

    /**
     * Stops the record's partition there. Returns false if the batch ends here, because it has events to deliver first. Else the transaction takes
     * from another partition, so that the sink does not pause while any partition has events.
     *
     * @param where the record and the reason
     */
    private boolean stopAt(ConsumerRecord<byte[], byte[]> record, String where) {
        String reason = "KafkaChannel %s: stopped at %s. No later event of this partition is delivered; retrying"
                .formatted(channel, where);
        if (buffer.stopAt(open, record)) {
            LOG.error(reason);
        }
        if (events > 0) {
            return false;
        }
        noteFailure(reason);
        if (buffer.leaveStopped(open)) {
            return true;
        }
        throw new ChannelFailedException(reason);
    }

    private static String location(ConsumerRecord<byte[], byte[]> record) {
        return "%s-%d offset %d".formatted(record.topic(), record.partition(), record.offset());
    }

    /** Marks the events as done even if Kafka has not confirmed their offsets: the sink has delivered them, and must not get them again. */
    @Override
    public void commit() {
        if (open.count() == 0) {
            buffer.rollBack(open);
            return;
        }
        TakeBuffer.Completed completed = buffer.complete(open);
        metrics.addToEventTakeAttemptCount(events);
        if (offsets == null) {
            afterUncommitted(completed);
        }
        metrics.addToEventTakeSuccessCount(events);
        metrics.takes().onCommitted(events);
    }

    /** Waits for the readers to commit the offsets, if the agent file asks for it. */
    private void afterUncommitted(TakeBuffer.Completed completed) {
        commitWait.await(completed.readers());
        if (completed.revokedEvents() > 0) {
            metrics.takes().onRevoked(completed.revokedEvents());
            LOG.warn(
                    "KafkaChannel {}: {} of {} delivered events can be delivered again: their partitions were revoked, or read again from another"
                            + " offset, before the sink's transaction ended. If rebalances cause this often, raise kafka.revocationGraceMillis",
                    channel,
                    completed.revokedEvents(),
                    events);
        }
    }

    @Override
    public void rollback() {
        metrics.addToEventTakeAttemptCount(events);
        metrics.addToRollbackCounter(events);
        if (offsets == null) {
            buffer.rollBack(open);
        } else {
            offsets.rollBack();
        }
    }
}
