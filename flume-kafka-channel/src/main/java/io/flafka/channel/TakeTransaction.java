// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.errors.BadRecord;
import io.flafka.errors.BadRecordPolicy;
import io.flafka.errors.FlowStoppedException;
import io.flafka.event.MalformedEventException;
import io.flafka.failure.UnusableClassException;
import io.flafka.metrics.ChannelMetrics;
import java.time.Duration;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on their way out. For one thread.
 *
 * <p>The first take waits for an event; a later one ends the batch when there is none, so that events are not held back for a full batch. A record
 * that is no event ends the batch before it; as the first of a transaction it is an error, and stays where it is.
 */
final class TakeTransaction implements TransactionWork {

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
    record Rules(
            String channel,
            RecordToChannelEvent mapping,
            BadRecordPolicy badRecords,
            Duration pollTimeout,
            OffsetConfirmation confirmation) {}

    private final Rules rules;
    private final TakeBuffer buffer;
    private final ChannelMetrics metrics;
    private final Claim claim = new Claim();

    TakeTransaction(Rules rules, TakeBuffer buffer, ChannelMetrics metrics) {
        this.rules = rules;
        this.buffer = buffer;
        this.metrics = metrics;
    }

    /** The next event, or null if none came in time or the batch ends here. */
    @Nullable
    Event take() {
        try {
            while (claim.hasNext() || refill()) {
                ConsumerRecord<byte[], byte[]> record = claim.next();
                try {
                    return rules.mapping().event(record);
                } catch (MalformedEventException malformed) {
                    rules.badRecords().dispose(BadRecord.read(record, malformed));
                }
            }
            return null;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return null;
        } catch (FlowStoppedException bad) {
            return stopAt(String.valueOf(bad.getMessage()));
        } catch (UnusableClassException unusable) {
            return stopAt("the next record, as " + unusable.getMessage());
        } catch (ChannelFailure failure) {
            metrics.incrementEventTakeFailCount();
            throw failure;
        }
    }

    private boolean refill() throws InterruptedException {
        long start = System.nanoTime();
        try {
            return buffer.refill(claim, claim.count() == 0 ? rules.pollTimeout() : Duration.ZERO);
        } finally {
            metrics.addToKafkaEventGetTimer(
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }

    /** What was taken before it goes first. */
    private @Nullable Event stopAt(String where) {
        String reason = "KafkaChannel %s: stopped at %s. Nothing behind it in this partition is delivered"
                .formatted(rules.channel(), where);
        if (buffer.giveBackMalformed(claim)) {
            LOG.error(reason);
        }
        if (claim.count() > 0) {
            return null;
        }
        metrics.incrementEventTakeFailCount();
        throw new ChannelFailure(reason);
    }

    /** The events are done with in any case: if Kafka has not been told when this throws, it will be. */
    @Override
    public void commit() {
        int count = claim.count();
        if (count == 0) {
            buffer.giveBackAll(claim);
            return;
        }
        TakeBuffer.Completed completed = buffer.complete(claim);
        metrics.addToEventTakeAttemptCount(count);
        Optional<String> failure = rules.confirmation().await(completed.readers());
        if (failure.isPresent()) {
            throw new ChannelFailure(
                    "KafkaChannel %s: %d events are delivered, but Kafka has not taken their offsets: %s; it is told again, and a restart before that delivers them once more"
                            .formatted(rules.channel(), count, failure.get()));
        }
        metrics.addToEventTakeSuccessCount(count);
        if (completed.revoked() > 0) {
            metrics.addToEventTakeRevokedCount(completed.revoked());
            LOG.warn(
                    "KafkaChannel {}: {} of {} delivered events came from partitions that have moved to another agent, which may deliver them again",
                    rules.channel(),
                    completed.revoked(),
                    count);
        }
    }

    @Override
    public void rollback() {
        metrics.addToEventTakeAttemptCount(claim.count());
        metrics.addToRollbackCounter(claim.count());
        buffer.giveBackAll(claim);
    }
}
