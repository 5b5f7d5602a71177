// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.SilentProducerException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;

/**
 * How the records of one batch are sent.
 *
 * @param producer the producer that sends the records
 * @param flush makes the records leave when all are added
 * @param answerTimeout how long to wait for an answer: longer than the producer promises, because giving up early is worse than waiting
 * @param soloSends decides which records are sent alone
 * @param reason explains to the operator why a record was refused
 * @param classes explains what the producer throws
 * @param login decides what a refused login means for the batch
 * @param onFailure receives the cause of each failed record, as Kafka's client or the wait has reported it
 */
public record SendPolicy(
        Producer<String, byte[]> producer,
        FlushMode flush,
        Duration answerTimeout,
        SoloSends soloSends,
        RefusalReason reason,
        CustomClassFailures classes,
        BatchLogins login,
        Consumer<Throwable> onFailure) {

    private static final Duration MINIMUM_MARGIN = Duration.ofSeconds(1);

    /**
     * Returns how long to wait for a producer that promises an answer within a time: a quarter longer and a second, because its thread may be
     * delayed.
     */
    public static Duration answerTimeout(Duration deliveryTimeout) {
        return deliveryTimeout.plus(deliveryTimeout.dividedBy(4)).plus(MINIMUM_MARGIN);
    }

    /** Starts a wait for answers, which ends early while the login is refused. */
    AnswerTimeout newTimeout(BooleanSupplier loginRefused) {
        return new AnswerTimeout(answerTimeout, loginRefused);
    }

    /** When the records of a complete batch leave the producer. */
    @FunctionalInterface
    public interface FlushMode {

        /** By themselves, after {@code linger.ms} at the latest. A flush would make one batch wait for all others. */
        FlushMode BY_ITSELF = (producer, timeout) -> {};

        /** At once; returns when all are answered. */
        FlushMode AT_ONCE = (producer, timeout) -> {
            try {
                BoundedCall.run(producer::flush, timeout);
            } catch (InterruptException interrupt) {
                // The wait for the acknowledgements handles the interrupt.
                Thread.currentThread().interrupt();
            } catch (LoginRefusedException | SilentProducerException timedOut) {
                // Each record's acknowledgement reports the same.
            }
        };

        /** Flushes the producer if this mode does so. Blocks until the timeout is over at most. */
        void flush(Producer<String, byte[]> producer, AnswerTimeout timeout);
    }
}
