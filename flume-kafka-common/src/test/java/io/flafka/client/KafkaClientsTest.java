// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.config.AgentName;
import io.flafka.config.PropertySet;
import io.flafka.config.PropertyValues;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** Kafka's real clients accept the built settings; that needs no broker yet. */
class KafkaClientsTest {

    private static final PropertySet SET = new PropertySet(
            "Kafka tester",
            List.of(
                    ClientProperties.BROKERS,
                    ClientProperties.GROUP_ID,
                    ClientProperties.ACKS,
                    ClientProperties.NO_HOSTNAME_CHECK_SHARED),
            List.of(ClientProperties.CONSUMER, ClientProperties.PRODUCER, ClientProperties.shared()),
            List.of(),
            List.of());

    private final ClientSettingsBuilder builder = new ClientSettingsBuilder(
            values(),
            new AgentName("a1"),
            new TlsDefaults(Map.of(), Map.of()),
            new SmallHeapDefaults(SmallHeapDefaults.NORMAL));

    @Test
    void createsAConsumer() {
        try (Consumer<byte[], byte[]> consumer = KafkaClients.REAL.consumer(builder.consumer("t1"))) {
            assertThat(consumer).isInstanceOf(KafkaConsumer.class);
            assertThat(consumer.groupMetadata().groupId()).isEqualTo("flume");
        }
    }

    @Test
    void createsAProducer() {
        try (Producer<String, byte[]> producer = KafkaClients.REAL.producer(builder.producer("t1"))) {
            assertThat(producer).isInstanceOf(KafkaProducer.class);
            assertThat(producer.metrics().keySet())
                    .isNotEmpty()
                    .allSatisfy(metric -> assertThat(metric.tags().getOrDefault("client-id", "flafka-a1-t1"))
                            .isEqualTo("flafka-a1-t1"));
        }
    }

    @Test
    void failureNamesAMissingFile() {
        ClientSettings settings = builder.producer("t1");

        assertThat(settings.creationFailure(
                        "producer", new KafkaException("failed", new NoSuchFileException("/none.jks"))))
                .hasMessage("the Kafka producer flafka-a1-t1 for kafka.bootstrap.servers=127.0.0.1:1 cannot be created:"
                        + " java.nio.file.NoSuchFileException: /none.jks");
    }

    private static PropertyValues values() {
        return SET.read(
                "t1",
                Map.of(
                        "kafka.bootstrap.servers",
                        "127.0.0.1:1",
                        "kafka.client.ssl.disableTLSHostnameVerification",
                        "true"));
    }
}
