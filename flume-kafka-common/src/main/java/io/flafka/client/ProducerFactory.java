// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Makes producers; a test puts Kafka's {@code MockProducer} in its place. */
@FunctionalInterface
public interface ProducerFactory {

    /** Makes the real ones. */
    ProducerFactory KAFKA = settings -> {
        try {
            return new KafkaProducer<>(settings.properties());
        } catch (KafkaException | LinkageError refused) {
            throw settings.refused("producer", refused);
        }
    };

    /**
     * A new producer, which the caller closes.
     *
     * @throws org.apache.flume.FlumeException if the client refuses its settings, with the reason that lies deepest
     */
    Producer<String, byte[]> create(ClientSettings settings);
}
