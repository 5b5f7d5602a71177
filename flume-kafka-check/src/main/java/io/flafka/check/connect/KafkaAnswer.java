// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.connect;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for an answer of Kafka's admin client. Stateless. */
final class KafkaAnswer {

    /** Longer than the client's own limit, which says more when it is reached. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private KafkaAnswer() {}

    /**
     * Returns the answer.
     *
     * @throws KafkaException what the brokers or the client reported instead
     */
    static <T> T of(KafkaFuture<T> question) {
        try {
            return question.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof KafkaException cause ? cause : new KafkaException(refused.getCause());
        } catch (TimeoutException silent) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "no answer of Kafka's client within " + TIMEOUT.toSeconds() + " s", silent);
        } catch (InterruptedException interrupt) {
            throw new InterruptException(interrupt);
        }
    }
}
