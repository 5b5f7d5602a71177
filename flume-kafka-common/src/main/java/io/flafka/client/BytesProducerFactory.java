// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes producers that leave keys and values as the bytes they are; a test puts Kafka's {@code MockProducer} in its place. */
@FunctionalInterface
public interface BytesProducerFactory {

    /** Makes the real ones. */
    BytesProducerFactory KAFKA = settings -> {
        try {
            return new KafkaProducer<>(settings.properties(), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException | LinkageError refused) {
            throw settings.refused("producer", refused);
        }
    };

    /**
     * A new producer, which the caller closes.
     *
     * @throws org.apache.flume.FlumeException if the client refuses its settings, with the reason that lies deepest
     */
    Producer<byte[], byte[]> create(ClientSettings settings);
}
