// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A component's producer, and a new one in its place when it has fallen silent. Thread-safe. */
final class ReplaceableProducer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplaceableProducer.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<Producer<String, byte[]>> newProducer;
    private final String clientId;
    private Producer<String, byte[]> current;
    private boolean closed;

    /**
     * Makes the first one.
     *
     * @param clientId its {@code client.id}, for messages
     */
    ReplaceableProducer(Supplier<Producer<String, byte[]>> newProducer, String clientId) {
        this.newProducer = newProducer;
        this.clientId = clientId;
        this.current = newProducer.get();
    }

    synchronized Producer<String, byte[]> current() {
        return current;
    }

    /** Makes another in place of that one, which does not answer, unless it has been done; if that cannot be, the next silence tries again. */
    synchronized void replace(Producer<String, byte[]> silent) {
        if (silent != current || closed) {
            return;
        }
        LOG.error(
                "The Kafka producer {} has fallen silent: records have had no answer for longer than its delivery.timeout.ms. It is replaced, and what"
                        + " was not acknowledged is sent again. A record that is larger than max.message.bytes of its topic can be the reason",
                clientId);
        try {
            current = newProducer.get();
            end(silent);
        } catch (FlumeException refused) {
            LOG.error("The Kafka producer {} cannot be replaced yet: {}", clientId, refused.getMessage());
        }
    }

    /** Kafka's close waits for the producer's thread, whatever holds that up. */
    private void end(Producer<String, byte[]> silent) {
        Thread closing = new Thread(() -> silent.close(Duration.ZERO), "flafka-closing-" + clientId);
        closing.setDaemon(true);
        closing.start();
    }

    @Override
    public synchronized void close() {
        closed = true;
        current.close(CLOSE_TIMEOUT);
    }
}
