// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.CompiledJar;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Partitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports the operator's classes whose jar is in the wrong place. */
class CustomClassCheckTest {

    private static final String ADVICE =
            ": copy its jar, and the jars it needs, to" + " plugins.d/flume-kafka/drop-in and restart the agent";

    @TempDir
    private Path directory;

    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();
    private Path jar;

    @BeforeEach
    void compilePartitioner() throws Exception {
        jar = new CompiledJar()
                .addSource("com.example.Chooser", "package com.example; public class Chooser extends Base {}")
                .addSource(
                        "com.example.Base",
                        "package com.example; public abstract class Base implements " + Partitioner.class.getName()
                                + """
                                 {
                                    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes,
                                            org.apache.kafka.common.Cluster cluster) { return 0; }
                                    public void close() {}
                                    public void configure(java.util.Map<String, ?> configs) {}
                                }""")
                .addSource("com.example.Plain", "package com.example; public class Plain {}")
                .writeTo(directory.resolve("chooser.jar"));
    }

    @AfterEach
    void restore() {
        thread.setContextClassLoader(before);
    }

    @Test
    void reportsAMissingClass() {
        assertThat(CustomClassCheck.misplaced(Map.of("partitioner.class", "no.such.Chooser")))
                .contains("no.such.Chooser (partitioner.class) is not found" + ADVICE);
    }

    @Test
    void reportsAClassThatUsesAnotherKafka() throws Exception {
        URL kafka = Partitioner.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader other =
                new URLClassLoader(new URL[] {jar.toUri().toURL(), kafka}, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(other);

            assertThat(CustomClassCheck.misplaced(Map.of("partitioner.class", "com.example.Chooser")))
                    .contains("com.example.Chooser (partitioner.class) comes from "
                            + jar.toUri().toURL() + ", which uses another copy of Kafka than this plugin" + ADVICE);
        }
    }

    @Test
    void reportsAClassWithoutKafkaBesideIt() throws Exception {
        try (URLClassLoader other =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(other);

            assertThat(CustomClassCheck.misplaced(Map.of("partitioner.class", "com.example.Chooser")))
                    .contains("com.example.Chooser (partitioner.class) comes from jar:"
                            + jar.toUri().toURL()
                            + "!/com/example/Chooser.class, which uses another copy of Kafka than this plugin, and cannot be loaded there:"
                            + " java.lang.NoClassDefFoundError: org/apache/kafka/clients/producer/Partitioner"
                            + ADVICE);
        }
    }

    @Test
    void reportsNothingInTheRightPlace() throws Exception {
        try (URLClassLoader dropIn = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(dropIn);

            assertThat(CustomClassCheck.misplaced(Map.of(
                            "partitioner.class", "com.example.Chooser",
                            "interceptor.classes", "com.example.Plain, com.example.Base,",
                            "key.serializer", "org.apache.kafka.common.serialization.NoSuch",
                            "client.id", "no.such.Class")))
                    .isEmpty();
        }
    }

    @Test
    void reportsEveryClassOfTheSettingsAndNoSecret() {
        Map<String, Object> properties = new TreeMap<>(Map.of(
                "sasl.jaas.config", "no.such.Module  REQUIRED password=\"hunter2\";",
                "sasl.client.callback.handler.class", "no.such.Handler",
                "interceptor.classes", "no.such.One,no.such.Two",
                "value.serializer", "no.such.Serializer",
                "metric.reporters", "no.such.Reporter"));

        assertThat(CustomClassCheck.misplaced(properties).orElseThrow())
                .doesNotContain("hunter2")
                .contains(
                        "no.such.One (interceptor.classes) is not found; no.such.Two (interceptor.classes) is not found; no.such.Reporter"
                                + " (metric.reporters) is not found; no.such.Handler (sasl.client.callback.handler.class) is not found;"
                                + " no.such.Module (sasl.jaas.config) is not found; no.such.Serializer (value.serializer) is not found"
                                + ADVICE);
    }

    @Test
    void clientThatCannotBeCreatedNamesTheClass() {
        ClientSettings settings = new ClientSettings(Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "client.id", "k1",
                "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
                "value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer",
                "interceptor.classes", "no.such.Interceptor"));

        assertThatThrownBy(() -> KafkaClients.REAL.producer(settings))
                .hasMessage(
                        "the Kafka producer k1 for kafka.bootstrap.servers=127.0.0.1:1 cannot be created: no.such.Interceptor"
                                + " (interceptor.classes) is not found" + ADVICE);
    }

    @Test
    void classThatDoesNotLinkIsReportedAsAFlumeException() throws Exception {
        try (URLClassLoader other =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(other);
            ClientSettings settings = new ClientSettings(Map.of(
                    "bootstrap.servers", "127.0.0.1:1",
                    "key.deserializer", "com.example.Chooser"));

            assertThatThrownBy(() -> RecordDeserializers.of(settings))
                    .isInstanceOf(ClientCreationException.class)
                    .hasMessageStartingWith(
                            "key.deserializer = 'com.example.Chooser' cannot be created: com.example.Chooser"
                                    + " (key.deserializer) comes from ");
        }
    }
}
