// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Makes consumers; a test puts Kafka's {@code MockConsumer} in its place. */
@FunctionalInterface
public interface ConsumerFactory {

    /** Makes the real ones. */
    ConsumerFactory KAFKA = settings -> new KafkaConsumer<>(settings.properties());

    /**
     * A new consumer, which the caller closes.
     *
     * @throws org.apache.kafka.common.KafkaException if the client refuses its settings
     */
    Consumer<String, byte[]> create(ClientSettings settings);
}
