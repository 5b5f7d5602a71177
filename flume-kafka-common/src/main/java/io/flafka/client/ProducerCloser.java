// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;

/** The end of a producer in whose place another one comes. For any thread. */
public final class ProducerCloser {

    /** A close takes some milliseconds, unless something holds up the producer's own thread. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private ProducerCloser() {}

    /**
     * Ends it; what it still holds is not written. To be called before the next one is made: both have one {@code client.id}, so that a later end would
     * take the next one's metrics out of JMX. Returns after 3 s at most, as Kafka's close waits for the producer's thread
     * without a bound. A producer that ends later than that still removes those metrics.
     *
     * @param clientId its {@code client.id}
     */
    public static void end(Producer<?, ?> old, String clientId) {
        Thread closing = new Thread(() -> old.close(Duration.ZERO), "flafka-closing-" + clientId);
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(PATIENCE.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
