// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The thread on which Kafka's producer sends. An error, such as a lack of memory, ends it. Then the producer answers no call, and does not say why.
 *
 * <p>Thread-safe.
 *
 * @param producer the producer
 * @param thread its thread; empty if it was not found
 */
public record ProducerThread(Producer<String, byte[]> producer, Optional<Thread> thread) {

    /** Creates a producer and finds its thread: the new one of its name. A producer that hangs while it is closed has the same name. */
    public static ProducerThread ofNew(Supplier<Producer<String, byte[]>> newProducer) {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Producer<String, byte[]> producer = newProducer.get();
        Optional<String> name = producer.metrics().keySet().stream()
                .flatMap(metric -> Stream.ofNullable(metric.tags().get("client-id")))
                .map(clientId -> KafkaProducer.NETWORK_THREAD_PREFIX + " | " + clientId)
                .findFirst();
        return new ProducerThread(
                producer,
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> name.equals(Optional.of(thread.getName())) && !before.contains(thread))
                        .findFirst());
    }

    /** Returns whether the thread has ended. */
    public boolean hasDied() {
        return thread.isPresent() && !thread.get().isAlive();
    }
}
