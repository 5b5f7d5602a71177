// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** Makes producers; a test puts Kafka's {@code MockProducer} in its place. */
@FunctionalInterface
public interface ProducerFactory {

    /** Makes the real ones. */
    ProducerFactory KAFKA = settings -> new KafkaProducer<>(settings.properties());

    /**
     * A new producer, which the caller closes.
     *
     * @throws org.apache.kafka.common.KafkaException if the client refuses its settings
     */
    Producer<String, byte[]> create(ClientSettings settings);
}
