// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/** Makes consumers that leave keys and values as the bytes they are; a test puts Kafka's {@code MockConsumer} in its place. */
@FunctionalInterface
public interface ConsumerFactory {

    /** Makes the real ones. */
    ConsumerFactory KAFKA = settings -> {
        try {
            return new ReportingConsumer(settings);
        } catch (KafkaException | LinkageError refused) {
            throw settings.refused("consumer", refused);
        }
    };

    /**
     * A new consumer, which the caller closes.
     *
     * @throws org.apache.flume.FlumeException if the client refuses its settings, with the reason that lies deepest
     */
    Consumer<byte[], byte[]> create(ClientSettings settings);
}
