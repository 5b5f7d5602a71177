// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.lifecycle.StopGrace;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the answers to the records of a batch: for every one, also after the first has failed.
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

    /**
     * Starts the wait.
     *
     * @param timeout bounds the wait for all answers together
     */
    Acknowledgements(AnswerTimeout timeout) {
        this.timeout = timeout;
    }

    /** Waits until the future completes. Returns why the wait was given up, or nothing if it was not. */
    Optional<RuntimeException> await(Future<Void> answered) {
        while (true) {
            try {
                grace.await(answered, untilNextCheck());
                return Optional.empty();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException("the wait for answers failed", impossible);
            } catch (TimeoutException stillInFlight) {
                Optional<RuntimeException> reason = reasonToGiveUp();
                if (reason.isPresent()) {
                    return reason;
                }
            }
        }
    }

    private Duration untilNextCheck() {
        return Duration.ofNanos(Math.min(timeout.nanosLeft(), AnswerTimeout.CHECK_INTERVAL.toNanos()));
    }

    private Optional<RuntimeException> reasonToGiveUp() {
        return grace.isOver()
                ? Optional.of(new org.apache.kafka.common.errors.TimeoutException(StopGrace.reason()))
                : timeout.reasonToGiveUp();
    }

    @Override
    public void close() {
        grace.close();
    }
}
