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
 * The bare contender's settings: {@code topic}, and the clients' properties below {@code producer.} and {@code consumer.}.
 *
 * @param settings as the driver wrote them
 */
record BareClients(Map<String, String> settings) {

    static BareClients none() {
        return new BareClients(Map.of());
    }

    String topic() {
        return Objects.requireNonNull(settings.get("topic"), "The job names no topic");
    }

    Producer<String, byte[]> producer() {
        return new KafkaProducer<>(below("producer."));
    }

    Consumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(below("consumer."));
    }

    private Properties below(String prefix) {
        Properties properties = new Properties();
        settings.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                properties.setProperty(name.substring(prefix.length()), value);
            }
        });
        return properties;
    }
}
