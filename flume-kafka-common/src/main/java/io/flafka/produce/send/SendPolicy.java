// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.SilentProducerException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;

/**
 * How records are sent with one producer.
 *
 * @param producer sends them
 * @param flush sees to it that they leave when all are there
 * @param atMost how long an answer is waited for: longer than the producer promises, as what comes after is worse than waiting
 * @param soloSends what is sent alone
 * @param reason says why a record was not taken
 * @param classes says what it means that the producer throws
 * @param login what is known of the producer's logins
 * @param onFailure hears of each reason for which a record was not acknowledged
 */
public record SendPolicy(
        Producer<String, byte[]> producer,
        FlushMode flush,
        Duration atMost,
        SoloSends soloSends,
        RefusalReason reason,
        CustomClassFailures classes,
        BatchLogins login,
        Consumer<Throwable> onFailure) {

    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    /** The patience with a producer that promises an answer in that time: a quarter more, as its thread may have been held up. */
    public static Duration answerTimeout(Duration deliveryTimeout) {
        return deliveryTimeout.plus(deliveryTimeout.dividedBy(4)).plus(AT_LEAST);
    }

    /** For answers that are waited for from now on. */
    AnswerTimeout newTimeout() {
        return new AnswerTimeout(atMost, login::isHopeless);
    }

    /** When records leave that are all there. */
    @FunctionalInterface
    public interface FlushMode {

        /** By themselves: after {@code linger.ms} at the latest. A flush would make one batch wait for all others. */
        FlushMode BY_ITSELF = (producer, timeout) -> {};

        /** At once, and this is when they are answered. */
        FlushMode AT_ONCE = (producer, timeout) -> {
            try {
                BoundedCall.of(producer::flush, timeout);
            } catch (InterruptException interrupt) {
                // Who waits next knows how to end.
                Thread.currentThread().interrupt();
            } catch (LoginRefusedException | SilentProducerException over) {
                // Each record says that for itself.
            }
        };

        /** All records are sent; blocks as long as the patience lasts, at most. */
        void now(Producer<String, byte[]> producer, AnswerTimeout timeout);
    }
}
