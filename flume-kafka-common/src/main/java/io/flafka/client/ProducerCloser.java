// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;

/** Closes a producer that is about to be replaced. For any thread. */
public final class ProducerCloser {

    /** A close takes a few milliseconds, unless the producer's own thread hangs. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private ProducerCloser() {}

    /**
     * Closes a producer without sending its remaining records. Must be called before its successor is created: both have the same {@code client.id},
     * so a later close would remove the successor's metrics from JMX. Returns after 3 s at most, because Kafka's close waits for the producer's
     * thread without a limit. A close that takes longer than that still removes those metrics.
     *
     * @param clientId the producer's {@code client.id}
     */
    public static void close(Producer<?, ?> old, String clientId) {
        Thread closing = new Thread(() -> old.close(Duration.ZERO), "flafka-closing-" + clientId);
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(TIMEOUT.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
