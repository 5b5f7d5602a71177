// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.RuntimeClassPath;
import io.flafka.testing.TestDirectory;
import io.flafka.testing.TestProcess;
import io.flafka.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The steps of {@code docs/operations.md} do what the page says. */
@Tag("full")
class OperationsPageIT {
    private static final Path PAGE = Path.of(System.getProperty("examples.directory", ""), "../docs/operations.md");
    private static final Pattern RESET =
            Pattern.compile("^kafka-consumer-groups\\.sh (.* --reset-offsets .*) --dry-run$", Pattern.MULTILINE);
    private static final Pattern LINES_OF_PAGE =
            Pattern.compile("^ {3}(a1\\.sinks\\.k1\\.errors\\..*)$", Pattern.MULTILINE);
    private static final Instant MOMENT = Instant.parse("2026-11-30T03:00:00Z");
    private static final String AGENT = """
            a1.sources = r1
            a1.channels = c1
            a1.sinks = k1
            a1.sources.r1.type = io.flafka.KafkaSource
            a1.sources.r1.kafka.bootstrap.servers = localhost:9092
            a1.sources.r1.kafka.topics = orders
            a1.sources.r1.kafka.consumer.group.id = flume-orders
            a1.sources.r1.kafka.consumer.auto.offset.reset = earliest
            a1.sources.r1.channels = c1
            a1.channels.c1.type = io.flafka.KafkaChannel
            a1.channels.c1.kafka.bootstrap.servers = localhost:9092
            a1.channels.c1.kafka.topic = flume-c1
            a1.sinks.k1.type = io.flafka.KafkaSink
            a1.sinks.k1.kafka.bootstrap.servers = localhost:9092
            a1.sinks.k1.kafka.topic = checked
            a1.sinks.k1.kafka.producer.max.request.size = 2000
            a1.sinks.k1.channel = c1
            """;

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated();

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.withoutFile();

    @RegisterExtension
    final ExampleAgent again = ExampleAgent.withoutFile();

    private final TestDirectory directory = TestDirectory.create("operations");
    private final TestTopic orders = TestTopic.create(KAFKA.cluster(), "orders", 1);
    private final TestTopic checked = TestTopic.create(KAFKA.cluster(), "checked", 1);
    private final TestTopic channel = TestTopic.create(KAFKA.cluster(), "flume-c1", 1);

    @AfterEach
    void deleteDirectory() {
        directory.close();
    }

    @Test
    void goesPastABadRecordAndStartsAgainAtAMoment() throws IOException {
        TestTopic dead = TestTopic.create(KAFKA.cluster(), "orders-dead", 1);
        List<String> before = values("before");
        List<String> after = values("after");
        String bad = "x".repeat(5_000);
        send(before, MOMENT.minusSeconds(1));
        send(List.of(bad), MOMENT.minusSeconds(1));
        send(after, MOMENT);
        start(agent);
        agent.awaitLog("KafkaSink k1: stopped at event");
        assertThat(checked.readValues(before.size())).isEqualTo(before);

        agent.reload(new AgentFile(agent.file().text() + String.join("\n", linesOfPage()) + "\n"));

        List<String> all = new ArrayList<>(before);
        all.addAll(after);
        assertThat(checked.readValues(all.size())).isEqualTo(all);
        assertThat(dead.readValues(1)).containsExactly(bad);
        awaitCommitted();
        agent.stop();

        resetOffsetsAsThePageSays();
        start(again);
        again.awaitLog("Seeking to offset 6 for partition orders-0");

        all.addAll(after);
        assertThat(checked.readValues(all.size())).isEqualTo(all);
        awaitCommitted();
        again.stop();
        assertThat(checked.readToEnd()).hasSize(all.size());
    }

    private static void start(ExampleAgent started) {
        started.running(new AgentFile(AGENT))
                .replacing("localhost:9092", KAFKA.bootstrapServers())
                .start();
    }

    private void awaitCommitted() {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(orders.committed("flume-orders")).isEqualTo(orders.endOffsets());
            assertThat(channel.committed("flume")).isEqualTo(channel.endOffsets());
        });
    }

    private void resetOffsetsAsThePageSays() throws IOException {
        String command = RESET.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .findAny()
                .orElseThrow()
                .replace("localhost:9092", KAFKA.bootstrapServers());
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                RuntimeClassPath.named("kafka-4.4.0").classPathAfter(),
                "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"));
        java.addAll(List.of(command.split(" ", -1)));
        java.add("--execute");
        try (TestProcess tool = TestProcess.start(
                "kafka-consumer-groups", java, Map.of(), directory.path().resolve("tool.log"))) {
            int code = tool.awaitExit(Duration.ofMinutes(1));
            assertThat(code).as(tool.log()).isZero();
        }
    }

    private static List<String> linesOfPage() throws IOException {
        return LINES_OF_PAGE
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult line) -> line.group(1))
                .toList();
    }

    private void send(List<String> values, Instant time) {
        orders.send(values.stream()
                .map(value -> new ProducerRecord<byte[], byte[]>(
                        orders.name(), 0, time.toEpochMilli(), null, value.getBytes(UTF_8)))
                .toList());
    }

    private static List<String> values(String prefix) {
        return IntStream.range(0, 5).mapToObj(i -> prefix + " " + i).toList();
    }
}
