// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.client.ProducerCloser;
import io.flafka.failure.ChangingReason;
import io.flafka.failure.UnusableClient;
import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.SilentProducerException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of a component. Replaces it by a new one when it has become unusable: it has fallen silent, its login was refused, it gets no producer
 * id, or it is in an error state. Thread-safe.
 *
 * <p>Guarantee: the old producer does not later write records of a batch that has failed. Every producer is closed. A producer that is silent, or
 * that holds records while its login is refused, is replaced at once. One without a producer id is closed within seconds, also if nobody uses it, and its
 * successor is created 10 s later at the earliest. Another one is replaced once it has logged in, or after 30 s, but not
 * while records of other batches may be on their way.
 */
public final class ReplaceableProducer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplaceableProducer.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<Producer<String, byte[]>> newProducer;
    private final String clientId;
    private final RefusalReason reasons;
    private final ChangingReason refusal = new ChangingReason();
    private InUse current;
    private @Nullable ReplacementSchedule replacement;
    /** Why the current producer is closed, and no other exists yet. */
    private @Nullable String absence;

    private boolean closed;

    /**
     * A producer with what is known about it.
     *
     * @param thread the producer with its thread
     * @param logins the producer's logins
     * @param requests the producer's requests
     */
    public record InUse(ProducerThread thread, ProducerLogins logins, ProducerRequests requests) {

        /** Returns the producer. */
        public Producer<String, byte[]> producer() {
            return thread.producer();
        }
    }

    /**
     * Creates the first producer.
     *
     * @param newProducer creates a producer
     * @param clientId the producers' {@code client.id}, for log lines
     * @param reasons explains why a producer is closed
     */
    public ReplaceableProducer(Supplier<Producer<String, byte[]>> newProducer, String clientId, RefusalReason reasons) {
        this.newProducer = newProducer;
        this.clientId = clientId;
        this.reasons = reasons;
        this.current = create();
        checkRequestsLater(current);
    }

    private InUse create() {
        ProducerThread created = ProducerThread.ofNew(newProducer);
        return new InUse(created, new ProducerLogins(created.producer()), new ProducerRequests(created.producer()));
    }

    private void checkRequestsLater(InUse watched) {
        CompletableFuture.delayedExecutor(CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> checkRequests(watched));
    }

    /** Runs on a timer, because Flume does not call a sink that stands by. Ends when the producer has an id. */
    private synchronized void checkRequests(InUse watched) {
        if (closed || absence != null || watched.producer() != current.producer()) {
            return;
        }
        if (watched.requests().haveRecords()) {
            if (refusal.clear()) {
                LOG.info("The Kafka producer {} sends records again", clientId);
            }
        } else if (watched.requests().areFlooding()) {
            String reason = reasons.ofMissingId();
            if (refusal.isNew(reason)) {
                LOG.error("The Kafka producer {} gets no producer id: {}; retrying", clientId, reason);
            }
            // An idempotent producer without an id asks for one again and again, without a pause.
            ProducerCloser.close(current.producer(), clientId);
            absence = reason;
            replacement = ReplacementSchedule.afterDenial();
        } else {
            checkRequestsLater(watched);
        }
    }

    /**
     * Returns the producer for a batch that begins now.
     *
     * @throws FlumeException if the last producer is closed and its successor is not due yet, or cannot be created; the message says why
     */
    public synchronized InUse current() {
        if (!closed && absence == null && current.thread().hasDied()) {
            LOG.error(
                    "The thread of the Kafka producer {} has ended after an error, which Kafka's client has logged. The producer is replaced,"
                            + " and records that were not acknowledged are sent again",
                    clientId);
            replacement = ReplacementSchedule.atOnce();
        }
        replaceIfDue();
        if (absence != null) {
            throw new FlumeException(absence);
        }
        return current;
    }

    /** Notes that a batch of a producer has failed, and replaces the producer if that is due. */
    public synchronized void onFailure(InUse used, Throwable failure) {
        if (used.producer() != current.producer() || closed || absence != null) {
            return;
        }
        if (failure instanceof SilentProducerException) {
            LOG.error(
                    "The Kafka producer {} has fallen silent: it has not answered for records within its delivery.timeout.ms. It is replaced, and"
                            + " records that were not acknowledged are sent again. A record larger than its topic's max.message.bytes can be"
                            + " the cause",
                    clientId);
            replacement = ReplacementSchedule.atOnce();
        } else if (failure instanceof LoginRefusedException) {
            // The old producer holds records that the new one sends.
            replacement = ReplacementSchedule.atOnce();
        } else if (replacement == null && UnusableClient.isLoginRefused(failure)) {
            replacement = ReplacementSchedule.afterLogin(used.logins());
        } else if (replacement == null && UnusableClient.isCausedBy(failure)) {
            replacement = ReplacementSchedule.later();
        }
        replaceIfDue();
    }

    private void replaceIfDue() {
        if (replacement == null || closed || !replacement.isDue()) {
            return;
        }
        try {
            if (absence == null) {
                // Before the new producer starts: the old one must not write records that the new one is given too.
                ProducerCloser.close(current.producer(), clientId);
                LOG.info("The Kafka producer {} is replaced", clientId);
            }
            current = create();
            checkRequestsLater(current);
            replacement = null;
            absence = null;
        } catch (FlumeException refused) {
            absence = String.valueOf(refused.getMessage());
            if (refusal.isNew(absence)) {
                LOG.error("The Kafka producer {} cannot be replaced yet: {}; retrying", clientId, absence);
            }
            replacement = ReplacementSchedule.soon();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        current.producer().close(CLOSE_TIMEOUT);
    }
}
