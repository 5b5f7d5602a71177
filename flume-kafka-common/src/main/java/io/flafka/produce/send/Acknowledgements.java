// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.lifecycle.StopGrace;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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
    private final StopGrace grace = new StopGrace();
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
                // Once the wait was given up, only answers that are already there count.
                grace.await(acknowledgement, giveUpReason == null ? untilNextCheck() : Duration.ZERO);
                return Optional.empty();
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

    private Duration untilNextCheck() {
        return Duration.ofNanos(Math.min(timeout.nanosLeft(), AnswerTimeout.CHECK_INTERVAL.toNanos()));
    }

    private @Nullable RuntimeException reasonToGiveUp() {
        if (giveUpReason != null) {
            return giveUpReason;
        }
        if (grace.isOver()) {
            return new org.apache.kafka.common.errors.TimeoutException(StopGrace.reason());
        }
        return timeout.isOver() ? timeout.reason() : null;
    }

    @Override
    public void close() {
        grace.close();
    }
}
