// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.event.MalformedEventException;
import io.flafka.metrics.ChannelMetrics;
import java.time.Duration;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on their way out: taken from the buffer, and committed to Kafka before the commit returns. For one thread.
 *
 * <p>A record that is no event ends the batch before it; as the first of a transaction it is an error, and stays where it is.
 */
final class TakeTransaction implements TransactionWork {

    private static final Logger LOG = LoggerFactory.getLogger(TakeTransaction.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(30);

    /**
     * How a record becomes an event.
     *
     * @param channel how messages name the channel
     * @param mapping makes the event
     * @param pollTimeout how long a take waits
     */
    record Rules(String channel, RecordToChannelEvent mapping, Duration pollTimeout) {

        Event event(ConsumerRecord<String, byte[]> record) throws MalformedEventException {
            return mapping.event(record);
        }
    }

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
        long start = System.nanoTime();
        try {
            Optional<TakeBuffer.Taken> taken = buffer.take(claim, rules.pollTimeout());
            if (taken.isEmpty()) {
                return null;
            }
            metrics.incrementEventTakeAttemptCount();
            Event event = event(taken.get());
            metrics.addToKafkaEventGetTimer(
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
            return event;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ChannelFailure failure) {
            metrics.incrementEventTakeFailCount();
            throw failure;
        }
    }

    private @Nullable Event event(TakeBuffer.Taken taken) {
        ConsumerRecord<String, byte[]> record = taken.record();
        try {
            return rules.event(record);
        } catch (MalformedEventException malformed) {
            buffer.giveBackMalformed(claim, taken);
            if (claim.count() > 0) {
                return null;
            }
            throw new ChannelFailure(
                    ("KafkaChannel %s: stopped at %s-%d offset %d: %s. Nothing behind it in this partition is delivered. If the"
                                    + " topic holds raw records, set parseAsFlumeEvent=false; to skip just this record, stop the agent and move the"
                                    + " group's offset past it")
                            .formatted(
                                    rules.channel(),
                                    record.topic(),
                                    record.partition(),
                                    record.offset(),
                                    malformed.getMessage()));
        }
    }

    @Override
    public void commit() {
        int count = claim.count();
        if (count == 0) {
            return;
        }
        long start = System.nanoTime();
        CommitRequest request = buffer.requestCommit(claim);
        Optional<String> failure = request.awaitFailure(COMMIT_TIMEOUT);
        if (failure.isPresent()) {
            buffer.withdraw(request);
            metrics.incrementOffsetCommitFailCount();
            throw new ChannelFailure(
                    "KafkaChannel %s: the offsets of %d delivered events were not committed: %s; they will be delivered again"
                            .formatted(rules.channel(), count, failure.get()));
        }
        buffer.release(claim);
        metrics.addToKafkaCommitTimer(
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        metrics.addToEventTakeSuccessCount(count);
        if (request.revoked() > 0) {
            metrics.incrementOffsetCommitFailCount();
            LOG.warn(
                    "KafkaChannel {}: {} of {} delivered events came from partitions that have moved to another agent, which may deliver them again",
                    rules.channel(),
                    request.revoked(),
                    count);
        }
    }

    @Override
    public void rollback() {
        metrics.addToRollbackCounter(claim.count());
        buffer.giveBackAll(claim);
    }
}
