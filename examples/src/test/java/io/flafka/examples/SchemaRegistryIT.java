// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.CompiledJar;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.RuntimeClassPath;
import io.flafka.testing.TestDirectory;
import io.flafka.testing.TestProcess;
import io.flafka.testing.TestTopic;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Records that Apicurio's serializer has written, with two versions of a schema, become JSON. While the registry is down, the source stops and loses
 * nothing.
 */
@Tag("full")
class SchemaRegistryIT {
    private static final String FIRST =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}";
    private static final String SECOND =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"},"
                    + "{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}]}";

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated();

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.of("schema-registry");

    @RegisterExtension
    final ExampleAgent later = ExampleAgent.of("schema-registry");

    private final TestDirectory directory = TestDirectory.create("schema-registry");
    private final TestTopic orders = TestTopic.create(KAFKA.cluster(), "orders-avro", 1);
    private final TestTopic json = TestTopic.create(KAFKA.cluster(), "orders-json", 1);
    private SchemaRegistry registry;
    private Path producer;

    @BeforeEach
    void startTheRegistry() throws IOException {
        registry = SchemaRegistry.in(directory.path());
        producer = producer();
    }

    @AfterEach
    void stopTheRegistry() {
        registry.close();
        directory.close();
    }

    @Test
    void avroBecomesJsonAlsoAfterTheRegistryWasDown() {
        send(FIRST, "1");
        send(SECOND, "2");

        start(agent);
        assertThat(json.readValues(2)).containsExactly("{\"id\": 1}", "{\"id\": 2, \"note\": null}");
        assertThat(agent.stop())
                .containsExactly(
                        "WARN Kafka source r1: kafka.consumer.apicurio.registry.url is not known to Kafka and is passed on"
                                + " unchanged");

        send(SECOND, "3");
        registry.stop();
        start(later);
        later.awaitLog("KafkaSource r1: stopped at orders-avro-0 offset 2: "
                + "io.apicurio.registry.serde.avro.AvroKafkaDeserializer rejects the record: .*RestClientException");
        registry.startAgain();

        assertThat(json.readValues(3)).last().isEqualTo("{\"id\": 3, \"note\": null}");
        later.stop();
        assertThat(json.readToEnd()).hasSize(3);
    }

    private void start(ExampleAgent started) {
        SchemaRegistry.jarsForDropIn().forEach(started::withDropIn);
        started.replacing("localhost:9092", KAFKA.bootstrapServers())
                .replacing("http://localhost:8080/apis/registry/v2", registry.url())
                .start();
    }

    /** Sends an order as another program would: with Apicurio's serializer, which registers the schema. */
    private void send(String schema, String id) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                SchemaRegistry.classPath()
                        + File.pathSeparator
                        + RuntimeClassPath.named("kafka-4.4.0").classPathAfter(producer),
                "com.example.SendOrder",
                KAFKA.bootstrapServers(),
                registry.url(),
                orders.name(),
                schema,
                id);
        try (TestProcess process = TestProcess.start(
                "producer", command, Map.of(), directory.path().resolve("producer-" + id + ".log"))) {
            int code = process.awaitExit(Duration.ofMinutes(1));
            assertThat(code).as(process.log()).isZero();
        }
    }

    private Path producer() throws IOException {
        return new CompiledJar()
                .addClassPath(SchemaRegistry.dropIn())
                .addSource("com.example.SendOrder", """
                package com.example;
                import java.util.Map;
                import org.apache.avro.Schema;
                import org.apache.avro.generic.GenericRecordBuilder;
                import org.apache.kafka.clients.producer.KafkaProducer;
                import org.apache.kafka.clients.producer.ProducerRecord;
                public class SendOrder {
                    public static void main(String[] args) throws Exception {
                        Schema schema = new Schema.Parser().parse(args[3]);
                        try (KafkaProducer<String, Object> producer = new KafkaProducer<>(Map.of(
                                "bootstrap.servers", args[0],
                                "apicurio.registry.url", args[1],
                                "apicurio.registry.auto-register", "true",
                                "apicurio.registry.if-exists", "RETURN_OR_UPDATE",
                                "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
                                "value.serializer", "io.apicurio.registry.serde.avro.AvroKafkaSerializer"))) {
                            producer.send(new ProducerRecord<>(args[2], args[4],
                                            new GenericRecordBuilder(schema).set("id", Integer.parseInt(args[4])).build()))
                                    .get();
                        }
                    }
                }
                """)
                .writeTo(directory.path().resolve("producer.jar"));
    }
}
