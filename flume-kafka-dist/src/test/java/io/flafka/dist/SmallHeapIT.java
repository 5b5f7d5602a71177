// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agents with {@code flume-ng}'s default heap of 20 MB, and all of Flume's jars in {@code lib}, with the stock Kafka
 * components.
 */
class SmallHeapIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    // When other tests use the same processors, garbage collection of a full heap is slow.
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LINES = 50_000;
    private static final String FILLER = "x".repeat(1_000);

    @TempDir
    private static Path directory;

    private static FlumeHome home;

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withStockKafka(directory));
    }

    @Test
    void writesAllLinesOfALargeFileToKafka() throws IOException {
        TestTopic topic = KAFKA.topic();
        List<String> lines = lines(LINES);
        Path file = Files.write(directory.resolve("lines.txt"), lines);
        // The channel fills while the sink starts, which leaves less than 3 MB for everything else.
        AgentCommand command = AgentCommand.of(
                        home, "file", """
                file.sources = r1
                file.channels = c1
                file.sinks = k1
                file.sources.r1.type = exec
                file.sources.r1.command = cat %s
                file.sources.r1.channels = c1
                file.channels.c1.type = memory
                file.channels.c1.capacity = 7000
                file.channels.c1.keep-alive = 120
                file.sinks.k1.type = io.flafka.KafkaSink
                file.sinks.k1.kafka.bootstrap.servers = %s
                file.sinks.k1.kafka.topic = %s
                file.sinks.k1.channel = c1
                """.formatted(file, topic.bootstrapServers(), topic.name()))
                .withFlumeDefaultHeap();

        try (AgentProcess agent = command.start()) {
            awaitWritten(topic, LINES, agent);

            assertThat(values(topic)).containsExactlyElementsOf(lines);
            assertThat(agent.log())
                    .containsOnlyOnce("Kafka sink k1: the heap of 20 MB is small")
                    .contains("batch.size = 20480")
                    .doesNotContain("OutOfMemoryError");
        }
    }

    @Test
    void copiesAFullTopicToAnotherTopic() {
        TestTopic from = KAFKA.topic();
        TestTopic to = KAFKA.topic();
        List<String> lines = lines(10_000);
        from.send(lines.stream()
                .map(line -> new ProducerRecord<byte[], byte[]>(from.name(), line.getBytes(UTF_8)))
                .toList());
        AgentCommand command = AgentCommand.of(
                        home, "copy", """
                copy.sources = r1
                copy.channels = c1
                copy.sinks = k1
                copy.sources.r1.type = io.flafka.KafkaSource
                copy.sources.r1.kafka.bootstrap.servers = %1$s
                copy.sources.r1.kafka.topics = %2$s
                copy.sources.r1.kafka.consumer.auto.offset.reset = earliest
                copy.sources.r1.channels = c1
                copy.channels.c1.type = memory
                copy.channels.c1.capacity = 2000
                copy.channels.c1.transactionCapacity = 1000
                copy.sinks.k1.type = io.flafka.KafkaSink
                copy.sinks.k1.kafka.bootstrap.servers = %1$s
                copy.sinks.k1.kafka.topic = %3$s
                copy.sinks.k1.channel = c1
                """.formatted(from.bootstrapServers(), from.name(), to.name()))
                .withFlumeDefaultHeap();

        try (AgentProcess agent = command.start()) {
            awaitWritten(to, lines.size(), agent);

            assertThat(values(to)).containsExactlyElementsOf(lines);
            assertThat(agent.log()).doesNotContain("OutOfMemoryError");
        }
    }

    @Test
    void channelReturnsAllEventsThatWerePut() {
        TestTopic topic = KAFKA.topic();
        AgentCommand command = AgentCommand.of(home, "channel", """
                channel.sources = r1
                channel.channels = c1
                channel.sinks = k1
                channel.sources.r1.type = seq
                channel.sources.r1.totalEvents = 5000
                channel.sources.r1.batchSize = 100
                channel.sources.r1.channels = c1
                channel.channels.c1.type = io.flafka.KafkaChannel
                channel.channels.c1.kafka.bootstrap.servers = %s
                channel.channels.c1.kafka.topic = %s
                channel.sinks.k1.type = logger
                channel.sinks.k1.channel = c1
                """.formatted(topic.bootstrapServers(), topic.name()))
                .withFlumeDefaultHeap();

        try (AgentProcess agent = command.start()) {
            await().atMost(PATIENCE).until(() -> logged(agent).size() >= 5_000);

            assertThat(logged(agent)).doesNotHaveDuplicates().hasSize(5_000);
            assertThat(agent.log())
                    .containsOnlyOnce("Kafka channel c1: the heap of 20 MB is small")
                    .doesNotContain("OutOfMemoryError");
        }
    }

    /** Returns what Flume's logger sink has written for each event. */
    private static List<String> logged(AgentProcess agent) {
        return agent.log()
                .lines()
                .filter(line -> line.contains("LoggerSink - Event: "))
                .map(line -> line.substring(line.indexOf("LoggerSink - Event: ")))
                .toList();
    }

    private static void awaitWritten(TestTopic topic, int count, AgentProcess agent) {
        await().atMost(PATIENCE)
                .failFast("The agent is out of memory", () -> agent.log().contains("OutOfMemoryError"))
                .until(() -> topic.sumOfEndOffsets() >= count);
    }

    private static List<String> lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "%07d %s".formatted(number, FILLER))
                .toList();
    }

    private static List<String> values(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
