// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for answers of a test's own requests to a broker. Stateless. */
public final class BrokerAnswer {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private BrokerAnswer() {}

    /**
     * Returns the answer, after 30 s at most.
     *
     * @throws IllegalStateException if the broker refuses the request or does not answer
     */
    public static <T> T of(KafkaFuture<T> request) {
        return of(request.toCompletionStage().toCompletableFuture(), TIMEOUT);
    }

    /** Same as {@link #of(KafkaFuture)}, with another limit. */
    static <T> T of(Future<T> request, Duration timeout) {
        try {
            return request.get(timeout.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Kafka", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka rejected the request or did not answer", e);
        }
    }
}
