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
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The unzipped plugin in real agents, with and without Flume's own Kafka jars. */
class IsolationIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<String> CODECS = List.of("gzip", "snappy", "lz4", "zstd");
    private static final String STOCK_SINK = "org.apache.flume.sink.kafka.KafkaSink";

    @TempDir
    private Path directory;

    @Test
    void runsNextToStockComponentsInOneAgent() throws Exception {
        FlumeHome home = Distribution.installedIn(FlumeHome.withStockKafka(directory));
        TestTopic ours = KAFKA.topic();
        TestTopic stock = KAFKA.topic();
        TestTopic copied = KAFKA.topic();
        int port = FreePort.find();
        String agentFile = stockAndOurs(port, ours, stock, copied);

        try (AgentProcess agent = AgentCommand.of(home, "a", agentFile).start();
                NetcatClient netcat = NetcatClient.connect(port)) {
            netcat.send("one", "two");

            assertThat(ours.readValues(2)).containsExactly("one", "two");
            assertThat(stock.readValues(2)).containsExactly("one", "two");
            assertThat(copied.readValues(2)).containsExactly("one", "two");
            agent.stop();
            assertThat(agent.log()).contains("Kafka version: 4.4.0").contains("Kafka version: 2.7.2");
            assertThat(warnings(agent)).singleElement().asString().endsWith(stockWarning(home));
        }
    }

    @Test
    void takesFlumesTypeNamesIfTheStockJarsAreMissing() {
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
        TestTopic in = KAFKA.topic();
        TestTopic channel = KAFKA.topic();
        TestTopic out = KAFKA.topic();
        in.send("one", "two");
        String agentFile = """
                a.sources = r
                a.channels = c
                a.sinks = k
                a.sources.r.type = org.apache.flume.source.kafka.KafkaSource
                a.sources.r.kafka.bootstrap.servers = %1$s
                a.sources.r.kafka.topics = %2$s
                a.sources.r.kafka.consumer.auto.offset.reset = earliest
                a.sources.r.channels = c
                a.channels.c.type = org.apache.flume.channel.kafka.KafkaChannel
                a.channels.c.kafka.bootstrap.servers = %1$s
                a.channels.c.kafka.topic = %3$s
                a.channels.c.kafka.consumer.auto.offset.reset = earliest
                a.sinks.k.type = org.apache.flume.sink.kafka.KafkaSink
                a.sinks.k.kafka.bootstrap.servers = %1$s
                a.sinks.k.kafka.topic = %4$s
                a.sinks.k.allowTopicOverride = false
                a.sinks.k.channel = c
                """.formatted(KAFKA.bootstrapServers(), in.name(), channel.name(), out.name());

        try (AgentProcess agent = AgentCommand.of(home, "a", agentFile).start()) {
            assertThat(out.readValues(2)).containsExactly("one", "two");
            agent.stop();
            assertThat(agent.log()).contains("Kafka version: 4.4.0").doesNotContain("Kafka version: 2");
            assertThat(warnings(agent)).isEmpty();
        }
    }

    @Test
    void supportsAllCodecsAndACustomInterceptorNextToTheStockJars() throws Exception {
        FlumeHome home = Distribution.installedIn(FlumeHome.withStockKafka(directory));
        interceptor().writeTo(home.plugins().resolve("flume-kafka/drop-in/stamp.jar"));
        List<TestTopic> compressed = CODECS.stream().map(codec -> KAFKA.topic()).toList();
        TestTopic out = KAFKA.topic();
        int port = FreePort.find();

        try (AgentProcess agent = AgentCommand.of(home, "a", codecs(port, compressed, out))
                        .start();
                NetcatClient netcat = NetcatClient.connect(port)) {
            netcat.send("one");

            for (TestTopic topic : compressed) {
                ConsumerRecord<byte[], byte[]> record = topic.read(1).get(0);
                assertThat(new String(record.value(), UTF_8)).isEqualTo("one");
                assertThat(new String(record.headers().lastHeader("stamped").value(), UTF_8))
                        .startsWith("by flume-kafka");
            }
            assertThat(out.readValues(CODECS.size())).hasSize(CODECS.size()).containsOnly("one");
            agent.stop();
            assertThat(agent.log()).contains("drop-in: stamp.jar");
        }
    }

    @Test
    void reportsTheRightFolderIfItsJarIsInFlumesLib() throws Exception {
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
        String name = "flume-kafka-plugin-" + Distribution.VERSION + ".jar";
        Path misplaced = Files.move(
                home.plugins().resolve("flume-kafka/lib").resolve(name),
                home.lib().resolve(name));
        String agentFile = """
                a.channels = c
                a.sinks = k
                %sa.sinks.k.type = io.flafka.KafkaSink
                """.formatted(sink("k", "c", KAFKA.topic()));

        try (AgentProcess agent = AgentCommand.of(home, "a", agentFile).launch()) {
            agent.awaitLog("Unzip flume-kafka-<version>.zip into plugins.d", PATIENCE);

            assertThat(agent.log())
                    .contains("No jar in " + home.path().resolve("kafka") + ", where " + misplaced + """
                             expects the Kafka client. The plugin must be in Flume's plugins.d with the layout of its zip:
                              plugins.d/flume-kafka/lib/flume-kafka-plugin-<version>.jar
                              plugins.d/flume-kafka/kafka/*.jar
                              plugins.d/flume-kafka/drop-in/
                            Unzip flume-kafka-<version>.zip into plugins.d and remove copies of the plugin's jar from other folders.""");
        }
    }

    /**
     * Returns an agent file: netcat to one topic through our sink, and to another topic through the stock sink. From
     * there our source and sink copy the events.
     */
    private static String stockAndOurs(int port, TestTopic ours, TestTopic stock, TestTopic copied) {
        return """
                a.sources = lines fromStocks
                a.channels = c1 c2 c3
                a.sinks = ours stock copied
                a.sources.lines.type = netcat
                a.sources.lines.bind = 127.0.0.1
                a.sources.lines.port = %d
                a.sources.lines.channels = c1 c2
                %s%s%sa.sinks.ours.type = io.flafka.KafkaSink
                a.sinks.stock.type = org.apache.flume.sink.kafka.KafkaSink
                a.sources.fromStocks.type = io.flafka.KafkaSource
                a.sources.fromStocks.kafka.bootstrap.servers = %s
                a.sources.fromStocks.kafka.topics = %s
                a.sources.fromStocks.kafka.consumer.auto.offset.reset = earliest
                a.sources.fromStocks.channels = c3
                a.sinks.copied.type = io.flafka.KafkaSink
                a.sinks.copied.allowTopicOverride = false
                """.formatted(
                        port,
                        sink("ours", "c1", ours),
                        sink("stock", "c2", stock),
                        sink("copied", "c3", copied),
                        KAFKA.bootstrapServers(),
                        stock.name());
    }

    /** Returns a sink's properties without its type, and its memory channel. */
    private static String sink(String name, String channel, TestTopic topic) {
        return """
                a.channels.%2$s.type = memory
                a.channels.%2$s.capacity = 1000
                a.channels.%2$s.transactionCapacity = 1000
                a.sinks.%1$s.channel = %2$s
                a.sinks.%1$s.kafka.bootstrap.servers = %3$s
                a.sinks.%1$s.kafka.topic = %4$s
                """.formatted(name, channel, topic.bootstrapServers(), topic.name());
    }

    /** Returns an agent file: netcat to one topic per codec, and one source that reads all of them. */
    private static String codecs(int port, List<TestTopic> topics, TestTopic out) {
        String names = String.join(" ", CODECS);
        StringBuilder file = new StringBuilder("""
                a.sources = lines back
                a.channels = %1$s backwards
                a.sinks = %1$s out
                a.sources.lines.type = netcat
                a.sources.lines.bind = 127.0.0.1
                a.sources.lines.port = %2$d
                a.sources.lines.channels = %1$s
                a.sources.back.type = io.flafka.KafkaSource
                a.sources.back.kafka.bootstrap.servers = %3$s
                a.sources.back.kafka.topics = %4$s
                a.sources.back.kafka.consumer.auto.offset.reset = earliest
                a.sources.back.channels = backwards
                a.sinks.out.type = io.flafka.KafkaSink
                a.sinks.out.allowTopicOverride = false
                """.formatted(
                        names,
                        port,
                        KAFKA.bootstrapServers(),
                        topics.stream().map(TestTopic::name).collect(Collectors.joining(","))));
        file.append(sink("out", "backwards", out));
        for (int i = 0; i < topics.size(); i++) {
            file.append(sink(CODECS.get(i), CODECS.get(i), topics.get(i))).append("""
                    a.sinks.%1$s.type = io.flafka.KafkaSink
                    a.sinks.%1$s.kafka.producer.compression.type = %1$s
                    a.sinks.%1$s.kafka.producer.interceptor.classes = com.example.Stamp
                    """.formatted(CODECS.get(i)));
        }
        return file.toString();
    }

    private static CompiledJar interceptor() {
        return new CompiledJar().addSource("com.example.Stamp", """
                package com.example;
                import org.apache.kafka.clients.producer.ProducerInterceptor;
                import org.apache.kafka.clients.producer.ProducerRecord;
                import org.apache.kafka.clients.producer.RecordMetadata;
                public class Stamp implements ProducerInterceptor<Object, Object> {
                    @Override public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
                        String loader = getClass().getClassLoader().getName();
                        record.headers().add("stamped", ("by " + loader).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                        return record;
                    }
                    @Override public void onAcknowledgement(RecordMetadata metadata, Exception exception) {}
                    @Override public void close() {}
                    @Override public void configure(java.util.Map<String, ?> configs) {}
                }
                """);
    }

    private static List<String> warnings(AgentProcess agent) {
        return agent.log()
                .lines()
                .filter(line -> line.contains("Flume's own Kafka components"))
                .toList();
    }

    private static String stockWarning(FlumeHome home) throws IOException {
        return "Flume's own Kafka components come before this plugin's on the class path: "
                + "type = org.apache.flume.source.kafka.KafkaSource gets the class in "
                + jar(home, "flume-kafka-source") + "; type = " + STOCK_SINK + " gets the class in "
                + jar(home, "flume-ng-kafka-sink")
                + "; type = org.apache.flume.channel.kafka.KafkaChannel gets the class in "
                + jar(home, "flume-kafka-channel")
                + ". To use this plugin's components, write the types io.flafka.KafkaSource,"
                + " io.flafka.KafkaSink and io.flafka.KafkaChannel, or run "
                + home.plugins().resolve("flume-kafka/bin/takeover")
                + ", which moves Flume's jars out of its lib (--undo moves them back).";
    }

    private static Path jar(FlumeHome home, String artifact) throws IOException {
        try (Stream<Path> jars = Files.list(home.lib())) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(artifact + "-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
