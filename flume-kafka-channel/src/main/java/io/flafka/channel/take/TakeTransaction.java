// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.badrecord.BadRecord;
import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.FlowStoppedException;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.transaction.ChannelFailure;
import io.flafka.channel.transaction.TransactionWork;
import io.flafka.event.UnreadableRecordException;
import io.flafka.failure.UnusableClassException;
import java.time.Duration;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on their way out. For one thread.
 *
 * <p>The first take waits for an event; a later one ends the batch when there is none, so that events are not held back for a full batch. A bad record
 * that may not be passed over stays where it is and ends the batch before it; if the transaction has no event yet, other partitions go on, and only if
 * they have nothing it is an error.
 */
public final class TakeTransaction implements TransactionWork {

    private static final Logger LOG = LoggerFactory.getLogger(TakeTransaction.class);

    /**
     * How a record becomes an event, and when a transaction has ended.
     *
     * @param channel how messages name the channel
     * @param mapping makes the event
     * @param badRecords what becomes of a record that is none
     * @param pollTimeout how long the first take waits
     * @param confirmation what the commit waits for
     */
    public record Rules(
            String channel,
            RecordToChannelEvent mapping,
            BadRecordPolicy badRecords,
            Duration pollTimeout,
            CommitWait confirmation) {}

    private final Rules rules;
    private final TakeBuffer buffer;
    private final ChannelMetrics metrics;
    private final OpenTake claim = new OpenTake();
    /** How many were given: not those that were passed over. */
    private int events;

    public TakeTransaction(Rules rules, TakeBuffer buffer, ChannelMetrics metrics) {
        this.rules = rules;
        this.buffer = buffer;
        this.metrics = metrics;
    }

    @Override
    public void put(Event event) {
        throw new IllegalStateException("put() called in a transaction that takes");
    }

    /** The next event, or null if none came in time or the batch ends here. */
    @Override
    public @Nullable Event take() {
        try {
            while (claim.hasNext() || refill()) {
                ConsumerRecord<byte[], byte[]> record = claim.next();
                try {
                    Event event = rules.mapping().event(record);
                    events++;
                    return event;
                } catch (UnreadableRecordException malformed) {
                    if (!passOver(record, malformed)) {
                        return null;
                    }
                } catch (UnusableClassException unusable) {
                    if (!goOnElsewhere(record, "the next record, as " + unusable.getMessage())) {
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
            return buffer.refill(claim, events == 0 ? rules.pollTimeout() : Duration.ZERO);
        } catch (ChannelFailure failure) {
            metrics.incrementEventTakeFailCount();
            throw failure;
        } finally {
            metrics.addToKafkaEventGetTimer(
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }

    /** Whether there is more to take: behind the bad record, or in another partition. A record that comes again after a rollback is disposed of once. */
    private boolean passOver(ConsumerRecord<byte[], byte[]> record, UnreadableRecordException malformed) {
        if (buffer.isPassedOver(claim, record)) {
            return true;
        }
        try {
            rules.badRecords().dispose(BadRecord.unreadable(record, malformed));
            buffer.passOver(claim, record);
            return true;
        } catch (FlowStoppedException bad) {
            return goOnElsewhere(record, String.valueOf(bad.getMessage()));
        }
    }

    /** What was taken before the record goes first; then other partitions, so that a stopped one costs the sink no pause as long as they have events. */
    private boolean goOnElsewhere(ConsumerRecord<byte[], byte[]> record, String where) {
        String reason = "KafkaChannel %s: stopped at %s. Nothing behind it in this partition is delivered"
                .formatted(rules.channel(), where);
        if (buffer.stopAt(claim, record)) {
            LOG.error(reason);
        }
        if (events > 0) {
            return false;
        }
        metrics.incrementEventTakeFailCount();
        if (buffer.setAside(claim)) {
            return true;
        }
        throw new ChannelFailure(reason);
    }

    /** The events are done with, whether or not Kafka has been told: the sink has delivered them, and must not deliver them again. */
    @Override
    public void commit() {
        if (claim.count() == 0) {
            buffer.giveBackAll(claim);
            return;
        }
        TakeBuffer.Completed completed = buffer.complete(claim);
        metrics.addToEventTakeAttemptCount(events);
        rules.confirmation().await(completed.readers());
        metrics.addToEventTakeSuccessCount(events);
        if (completed.revoked() > 0) {
            metrics.addToEventTakeRevokedCount(completed.revoked());
            LOG.warn(
                    "KafkaChannel {}: {} of {} delivered events came from partitions that have moved to another reader, here or in another agent, or that were begun anew, and may be delivered again",
                    rules.channel(),
                    completed.revoked(),
                    events);
        }
    }

    @Override
    public void rollback() {
        metrics.addToEventTakeAttemptCount(events);
        metrics.addToRollbackCounter(events);
        buffer.giveBackAll(claim);
    }
}
