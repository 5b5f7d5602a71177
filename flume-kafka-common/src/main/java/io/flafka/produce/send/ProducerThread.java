// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * The thread on which Kafka's producer sends. An error, such as a lack of memory, ends it. Then the producer answers no call, and does not say why.
 *
 * <p>Thread-safe.
 *
 * @param thread the thread; empty if it was not found
 */
public record ProducerThread(Optional<Thread> thread) {

    /** Finds the thread of a producer that has just been created. */
    static ProducerThread ofClient(String clientId) {
        String name = KafkaProducer.NETWORK_THREAD_PREFIX + " | " + clientId;
        return new ProducerThread(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst());
    }

    /** Returns whether the thread has ended. */
    boolean hasDied() {
        return thread.isPresent() && !thread.get().isAlive();
    }
}
