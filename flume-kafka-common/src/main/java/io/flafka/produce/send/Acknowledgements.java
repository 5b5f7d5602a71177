// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.lifecycle.DeferredInterrupt;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the acknowledgements of a batch: for every one, also after the first has failed.
 *
 * <p>For one thread. Flume stops a component by an interrupt. A thread that gave up at once would leave records in Kafka that are sent again after
 * the restart. So an interrupted thread waits a few seconds more. Closing this object restores its interrupt flag.
 *
 * <p>The producer's {@code delivery.timeout.ms} bounds every answer. An answer that is missing some time after that never comes. While the brokers
 * refuse the producer's login, no answer comes either.
 */
final class Acknowledgements implements AutoCloseable {

    private final AnswerTimeout timeout;
    private final DeferredInterrupt interrupt = new DeferredInterrupt();
    private @Nullable Long graceEndNanos;
    private @Nullable RuntimeException giveUpReason;

    /**
     * Starts the wait.
     *
     * @param timeout bounds the wait for all answers together
     */
    Acknowledgements(AnswerTimeout timeout) {
        this.timeout = timeout;
    }

    /** Waits for one acknowledgement. Returns its failure, or nothing if the record was acknowledged. */
    Optional<Throwable> awaitFailure(Future<RecordMetadata> acknowledgement) {
        while (true) {
            try {
                get(acknowledgement);
                return Optional.empty();
            } catch (InterruptedException stopping) {
                interrupt.onInterrupt();
                graceEndNanos = System.nanoTime() + DeferredInterrupt.GRACE.toNanos();
            } catch (ExecutionException failed) {
                return Optional.of(failed.getCause() == null ? failed : failed.getCause());
            } catch (TimeoutException stillInFlight) {
                giveUpReason = reasonToGiveUp();
                if (giveUpReason != null) {
                    return Optional.of(giveUpReason);
                }
            }
        }
    }

    /** Waits until the next check, or not at all once the wait was given up: then only answers that are already there count. */
    private void get(Future<RecordMetadata> acknowledgement)
            throws InterruptedException, ExecutionException, TimeoutException {
        long left = Math.min(timeout.nanosLeft(), AnswerTimeout.CHECK_INTERVAL.toNanos());
        if (graceEndNanos != null) {
            left = Math.min(left, graceEndNanos - System.nanoTime());
        }
        acknowledgement.get(giveUpReason == null ? Math.max(0, left) : 0, TimeUnit.NANOSECONDS);
    }

    private @Nullable RuntimeException reasonToGiveUp() {
        if (giveUpReason != null) {
            return giveUpReason;
        }
        if (graceEndNanos != null && System.nanoTime() >= graceEndNanos) {
            return new org.apache.kafka.common.errors.TimeoutException(
                    "the agent is stopping, and has waited " + DeferredInterrupt.GRACE.toSeconds() + " s for it");
        }
        return timeout.isOver() ? timeout.reason() : null;
    }

    @Override
    public void close() {
        interrupt.close();
    }
}
