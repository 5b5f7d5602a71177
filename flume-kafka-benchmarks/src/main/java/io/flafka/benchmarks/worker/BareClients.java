// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The settings of the bare contender: {@code topic}, and the clients' properties with the prefixes {@code producer.}
 * and {@code consumer.}.
 *
 * @param settings the settings from the driver
 */
record BareClients(Map<String, String> settings) {

    static BareClients none() {
        return new BareClients(Map.of());
    }

    String topic() {
        return Objects.requireNonNull(settings.get("topic"), "The job has no topic");
    }

    Producer<String, byte[]> producer() {
        return new KafkaProducer<>(withoutPrefix("producer."));
    }

    Consumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(withoutPrefix("consumer."));
    }

    private Properties withoutPrefix(String prefix) {
        Properties properties = new Properties();
        settings.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                properties.setProperty(name.substring(prefix.length()), value);
            }
        });
        return properties;
    }
}
