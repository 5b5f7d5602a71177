// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.CompiledJar;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/check} of the unzipped plugin, in a Flume home that also has Flume's own Kafka components. */
class CheckIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final String AUDIT = "com.example.Audit";

    @TempDir
    private static Path homeDirectory;

    private static FlumeHome home;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withStockKafka(homeDirectory));
    }

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("agent.properties");
    }

    /** An agent of Flume 1.6, with names and a type of that time. */
    private static String agentFile(int port, TestTopic topic) {
        return """
                # Lines from a port to a topic.
                a1.sources = r1
                a1.channels = c1
                a1.sinks = k1
                a1.sources.r1.type = netcat
                a1.sources.r1.bind = 127.0.0.1
                a1.sources.r1.port = %d
                a1.sources.r1.channels = c1
                a1.channels.c1.type = memory
                a1.sinks.k1.type = org.apache.flume.sink.kafka.KafkaSink
                a1.sinks.k1.brokerList = %s
                a1.sinks.k1.topic = %s
                a1.sinks.k1.channel = c1
                """.formatted(port, topic.bootstrapServers(), topic.name());
    }

    private PluginScript.Outcome check(String agentFile, String... options) throws IOException, InterruptedException {
        Files.writeString(file, agentFile, UTF_8);
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("flume-env.sh"), "JAVA_OPTS=-Xmx512m\n", UTF_8);
        String[] all = Stream.concat(Stream.of("-f", file.toString(), "-c", conf.toString()), Arrays.stream(options))
                .toArray(String[]::new);
        return PluginScript.at(home.plugins().resolve("flume-kafka/bin/check")).run(all);
    }

    @Test
    void aMigratedFileHasNoFindingsAndMovesRecords() throws Exception {
        TestTopic topic = KAFKA.topic();
        int port = FreePort.find();
        String old = agentFile(port, topic);
        Path stockSink = home.lib().resolve("flume-ng-kafka-sink-1.11.0.jar");
        assertThat(check(old))
                .isEqualTo(new PluginScript.Outcome(
                        0,
                        List.of(
                                file
                                        + ":10: warning: a1.sinks.k1.type = org.apache.flume.sink.kafka.KafkaSink is Flume's own component ("
                                        + stockSink
                                        + "), not this plugin's: write type = io.flafka.KafkaSink, or run bin/takeover",
                                file
                                        + ":11: warning: a1.sinks.k1.brokerList is a former name: write kafka.bootstrap.servers",
                                file + ":12: warning: a1.sinks.k1.topic is a former name: write kafka.topic",
                                file + ": no errors, 3 warnings"),
                        List.of()));

        String migrated = String.join("\n", check(old, "--migrate").output()) + "\n";

        assertThat(check(migrated))
                .isEqualTo(new PluginScript.Outcome(0, List.of(file + ": no errors, no warnings"), List.of()));
        try (AgentProcess agent = AgentCommand.of(home, "a1", migrated).start();
                NetcatClient netcat = NetcatClient.connect(port)) {
            netcat.send("through");
            assertThat(topic.readValues(1)).containsExactly("through");
            assertThat(agent.log()).doesNotContain("is a former name");
        }
    }

    @Test
    void findsClassesWhereTheComponentsWould() throws Exception {
        String agentFile =
                agentFile(4444, KAFKA.topic()).replace("org.apache.flume.sink.kafka.KafkaSink", "io.flafka.KafkaSink")
                        + "a1.sinks.k1.kafka.producer.interceptor.classes = " + AUDIT + "\n";
        Path jar = new CompiledJar().addSource(AUDIT, """
                        package com.example;
                        public class Audit implements org.apache.kafka.clients.producer.ProducerInterceptor<Object, Object> {
                            @Override
                            public org.apache.kafka.clients.producer.ProducerRecord<Object, Object> onSend(
                                    org.apache.kafka.clients.producer.ProducerRecord<Object, Object> record) {
                                return record;
                            }
                            @Override
                            public void onAcknowledgement(
                                    org.apache.kafka.clients.producer.RecordMetadata metadata, Exception exception) {}
                            @Override
                            public void close() {}
                            @Override
                            public void configure(java.util.Map<String, ?> configs) {}
                        }
                        """).writeTo(directory.resolve("audit.jar"));
        Path inLib = Files.copy(jar, home.lib().resolve("audit.jar"));
        try {
            assertThat(check(agentFile).output())
                    .element(2)
                    .asString()
                    .startsWith(file + ":14: error: a1.sinks.k1: " + AUDIT + " (interceptor.classes) comes from ")
                    .contains("which uses another copy of Kafka than this plugin: copy its jar");
        } finally {
            Files.delete(inLib);
        }
        Path inDropIn = Files.copy(jar, home.plugins().resolve("flume-kafka/drop-in/audit.jar"));
        try {
            assertThat(check(agentFile).exitCode()).isZero();
        } finally {
            Files.delete(inDropIn);
        }
    }

    @Test
    void exitsWithTheStatusForScripts() throws Exception {
        assertThat(check("a1.sinks = k1\n").exitCode()).isEqualTo(1);
        assertThat(check("a1.sinks = k1\n", "--json").output()).startsWith("[ {");
        assertThat(check("", "-n", "a1").exitCode()).isEqualTo(2);
    }

    @Test
    void canBeCalledThroughALinkAndFromAnyHome() throws Exception {
        Path link = Files.createSymbolicLink(
                directory.resolve("check"), home.plugins().resolve("flume-kafka/bin/check"));
        assertThat(PluginScript.at(link).run("--help").exitCode()).isZero();

        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere")).resolve("flume-kafka");
        Files.createSymbolicLink(elsewhere, home.plugins().resolve("flume-kafka"));
        PluginScript script = PluginScript.at(elsewhere.resolve("bin/check"));
        assertThat(script.run("--help"))
                .isEqualTo(new PluginScript.Outcome(
                        2,
                        List.of(),
                        List.of("check: this plugin is in no plugins.d of a Flume home: set FLUME_HOME")));
        assertThat(script.with("FLUME_HOME", home.path()).run("--help").exitCode())
                .isZero();
    }
}
