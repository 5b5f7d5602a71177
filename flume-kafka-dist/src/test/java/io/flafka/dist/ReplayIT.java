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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kafka.startFrom} and {@code kafka.stopAt} in an agent: a source with moments, and a channel without a source with the offsets of files. The
 * start applies once: after a restart both continue.
 */
class ReplayIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Instant MOMENT = Instant.parse("2026-11-30T03:00:00Z");
    private static final String AGENT_FILE = """
            a.sources = r1
            a.channels = memory kafka
            a.sinks = k1 k2
            a.sources.r1.type = io.flafka.KafkaSource
            a.sources.r1.kafka.bootstrap.servers = %1$s
            a.sources.r1.kafka.topics = %2$s
            a.sources.r1.kafka.consumer.group.id = source-%2$s
            a.sources.r1.kafka.consumer.auto.offset.reset = earliest
            a.sources.r1.kafka.startFrom = timestamp:2026-11-30T04:00:00+01:00
            %6$s
            a.sources.r1.channels = memory
            a.channels.memory.type = memory
            a.channels.memory.capacity = 1000
            a.channels.memory.transactionCapacity = 1000
            a.channels.kafka.type = io.flafka.KafkaChannel
            a.channels.kafka.kafka.bootstrap.servers = %1$s
            a.channels.kafka.kafka.topic = %2$s
            a.channels.kafka.kafka.consumer.group.id = channel-%2$s
            a.channels.kafka.kafka.startFrom = file:%5$s
            a.channels.kafka.parseAsFlumeEvent = false
            a.sinks.k1.type = io.flafka.KafkaSink
            a.sinks.k1.kafka.bootstrap.servers = %1$s
            a.sinks.k1.kafka.topic = %3$s
            a.sinks.k1.allowTopicOverride = false
            a.sinks.k1.channel = memory
            a.sinks.k2.type = io.flafka.KafkaSink
            a.sinks.k2.kafka.bootstrap.servers = %1$s
            a.sinks.k2.kafka.topic = %4$s
            a.sinks.k2.allowTopicOverride = false
            a.sinks.k2.channel = kafka
            """;

    @TempDir
    private static Path directory;

    private static FlumeHome home;

    private final TestTopic in = KAFKA.topic(2);
    private final TestTopic fromSource = KAFKA.topic();
    private final TestTopic fromChannel = KAFKA.topic();

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory.resolve("flume")));
    }

    @Test
    void beginsWhereTheFileSaysAndContinuesAfterARestart() throws Exception {
        send(0, "old", MOMENT.minusMillis(1));
        send(0, "new", MOMENT);
        send(1, "late", MOMENT.plusSeconds(60));
        Path offsets = offsets("start.csv", 9, 7);

        try (AgentProcess agent = start(offsets)) {
            assertThat(fromSource.readValues(20))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(values("new", 0), values("late", 0)).toList());
            assertThat(fromChannel.readValues(14))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(Stream.of("old 9"), values("new", 0), values("late", 7))
                                    .flatMap(all -> all)
                                    .toList());
            assertThat(agent.log())
                    .contains(
                            "KafkaSource r1: group source-" + in.name()
                                    + " has no committed offset yet; starts reading "
                                    + in.name() + "-0 at offset 10 (skips up to 10 records before it), " + in.name()
                                    + "-1 at offset 0 (kafka.startFrom = timestamp:2026-11-30T03:00:00Z)",
                            "KafkaChannel kafka: group channel-" + in.name()
                                    + " has no committed offset yet; starts reading "
                                    + in.name() + "-0 at offset 9 (skips up to 9 records before it), " + in.name()
                                    + "-1 at offset 7 (skips up to 7 records before it) (kafka.startFrom = file:"
                                    + offsets + ")");
            awaitCommitted(in.endOffsets());
            agent.stop();
        }

        try (AgentProcess again = start(offsets)) {
            again.awaitLog("KafkaSource r1: kafka.startFrom = .* has no effect in ", PATIENCE);
            again.awaitLog("KafkaChannel kafka: kafka.startFrom = .* has no effect in ", PATIENCE);
            send(0, "newer", MOMENT.minusSeconds(60));
            awaitCommitted(in.endOffsets());
            again.stop();
        }
        assertThat(fromSource.readToEnd()).hasSize(30);
        assertThat(fromChannel.readToEnd()).hasSize(24);
    }

    @Test
    void stopsWhereTheFileSaysAndReadsNothingAfterARestart() throws Exception {
        send(0, "new", MOMENT);
        send(0, "newer", MOMENT.plusSeconds(3600));
        send(1, "late", MOMENT.plusSeconds(60));
        Path starts = offsets("from.csv", 5, 0);
        String[] stops = {
            "a.sources.r1.kafka.stopAt = timestamp:" + MOMENT.plusSeconds(3600).toEpochMilli(),
            // Kafka's newer client, with another implementation of what stops it.
            "a.sources.r1.kafka.consumer.group.protocol = consumer",
            "a.channels.kafka.kafka.stopAt = file:" + offsets("to.csv", 10, 10)
        };
        List<String> replayed =
                Stream.concat(values("new", 0), values("late", 0)).toList();

        for (int run = 0; run < 2; run++) {
            try (AgentProcess agent = start(starts, stops)) {
                for (String component : List.of("KafkaSource r1", "KafkaChannel kafka")) {
                    agent.awaitLog(
                            component + ": all partitions of this member have been read up to kafka.stopAt = ",
                            PATIENCE);
                }
                send(1, "after", MOMENT.plusSeconds(7200));
                awaitCommitted(Map.of(0, 10L, 1, 10L));
                await().atMost(PATIENCE)
                        .until(() -> agent.metrics().counter("SOURCE.r1", "ConsumerLag") == 0
                                && agent.metrics().counter("CHANNEL.kafka", "ChannelSize") == 0);
                agent.stop();
                assertThat(agent.log()).doesNotContain(" ERROR ");
            }
        }

        assertThat(fromSource.readToEnd().stream().map(record -> new String(record.value(), UTF_8)))
                .containsExactlyInAnyOrderElementsOf(replayed);
        assertThat(fromChannel.readToEnd().stream().map(record -> new String(record.value(), UTF_8)))
                .containsExactlyInAnyOrderElementsOf(replayed.subList(5, replayed.size()));
    }

    private AgentProcess start(Path offsets, String... further) {
        return AgentCommand.of(
                        home,
                        "a",
                        AGENT_FILE.formatted(
                                in.bootstrapServers(),
                                in.name(),
                                fromSource.name(),
                                fromChannel.name(),
                                offsets,
                                String.join("\n", further)))
                .withMetrics()
                .start();
    }

    private Path offsets(String name, long first, long second) throws IOException {
        return Files.writeString(
                directory.resolve(name), "%1$s,0,%2$d%n%1$s,1,%3$d%n".formatted(in.name(), first, second));
    }

    private void awaitCommitted(Map<Integer, Long> offsets) {
        await().atMost(PATIENCE)
                .until(() -> in.committed("source-" + in.name()).equals(offsets)
                        && in.committed("channel-" + in.name()).equals(offsets));
    }

    private void send(int partition, String prefix, Instant time) {
        in.send(values(prefix, 0)
                .map(value -> new ProducerRecord<byte[], byte[]>(
                        in.name(), partition, time.toEpochMilli(), null, value.getBytes(UTF_8)))
                .toList());
    }

    private static Stream<String> values(String prefix, int from) {
        return IntStream.range(from, 10).mapToObj(number -> prefix + " " + number);
    }
}
