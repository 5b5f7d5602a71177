// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From topic to topic through agents that are killed and frozen: each event exactly once, and in order. */
@Timeout(600)
class ExactlyOnceIT {

    private static final String AGENT_FILE = """
            %1$s.channels = c1
            %1$s.sinks = k1
            %1$s.channels.c1.type = io.flafka.KafkaChannel
            %1$s.channels.c1.kafka.bootstrap.servers = %2$s
            %1$s.channels.c1.kafka.topic = %3$s
            %1$s.channels.c1.kafka.consumer.group.id = %3$s
            %1$s.channels.c1.kafka.consumer.group.protocol = %5$s
            %1$s.channels.c1.parseAsFlumeEvent = false
            %1$s.sinks.k1.type = io.flafka.KafkaSink
            %1$s.sinks.k1.kafka.bootstrap.servers = %2$s
            %1$s.sinks.k1.kafka.topic = %4$s
            %1$s.sinks.k1.flumeBatchSize = 50
            %1$s.sinks.k1.maxInFlightBatches = 2
            %1$s.sinks.k1.kafka.producer.transactional.id = once
            %1$s.sinks.k1.kafka.producer.transaction.timeout.ms = 10000
            %1$s.sinks.k1.delivery.guarantee = exactly-once
            %1$s.sinks.k1.channel = c1
            """;

    /** A source with an interceptor that drops every seventh number, then the same channel and sink. */
    private static final String WITH_SOURCE = """
            %1$s.sources = r1
            %1$s.sources.r1.type = io.flafka.KafkaSource
            %1$s.sources.r1.kafka.bootstrap.servers = %2$s
            %1$s.sources.r1.kafka.topics = %3$s
            %1$s.sources.r1.kafka.consumer.group.id = %3$s
            %1$s.sources.r1.kafka.consumer.auto.offset.reset = earliest
            %1$s.sources.r1.kafka.consumer.group.protocol = %4$s
            %1$s.sources.r1.batchSize = 50
            %1$s.sources.r1.delivery.guarantee = exactly-once
            %1$s.sources.r1.interceptors = i1
            %1$s.sources.r1.interceptors.i1.type = regex_filter
            %1$s.sources.r1.interceptors.i1.regex = 7$
            %1$s.sources.r1.interceptors.i1.excludeEvents = true
            %1$s.sources.r1.channels = c1
            %1$s.channels.c1.kafka.producer.transactional.id = once
            %1$s.channels.c1.kafka.producer.transaction.timeout.ms = 10000
            %1$s.channels.c1.headers.include = key
            """;

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with("group.min.session.timeout.ms", "1000")
            .with("group.consumer.min.session.timeout.ms", "1000")
            .with("group.consumer.session.timeout.ms", "5000")
            .with("group.consumer.min.heartbeat.interval.ms", "500")
            .with("group.consumer.heartbeat.interval.ms", "1000");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int KEYS = 6;
    private static final int CHUNK = 600;

    @TempDir
    private static Path directory;

    private static FlumeHome home;

    private final TestTopic in = KAFKA.topic(3);
    private final TestTopic out = KAFKA.topic(3);
    private int sent;

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void killedAgentsRepeatAndLoseNothing(String protocol) {
        try (AgentProcess survivor = agent("survivor", protocol).start()) {
            for (int kill = 0; kill < 3; kill++) {
                try (AgentProcess victim = agent("victim", protocol).start()) {
                    victim.awaitLog("KafkaChannel c1: reads partitions \\[\\S+", PATIENCE);
                    sendChunk(in);
                    long before = out.sumOfEndOffsets();
                    sendChunk(in);
                    await().atMost(PATIENCE).until(() -> out.sumOfEndOffsets() > before);
                    victim.kill();
                }
            }
            sendChunk(in);
            assertEachEventOnce(survivor, number -> true);
            assertThat(survivor.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void fromASourceThroughInterceptorsKilledAgentsRepeatAndLoseNothing(String protocol) {
        TestTopic source = KAFKA.topic(3);
        try (AgentProcess survivor = agent("survivor", source, protocol).start()) {
            for (int kill = 0; kill < 3; kill++) {
                try (AgentProcess victim = agent("victim", source, protocol).start()) {
                    victim.awaitLog("KafkaChannel c1: reads partitions \\[\\S+", PATIENCE);
                    sendChunk(source);
                    long before = out.sumOfEndOffsets();
                    sendChunk(source);
                    await().atMost(PATIENCE).until(() -> out.sumOfEndOffsets() > before);
                    victim.kill();
                }
            }
            sendChunk(source);
            assertEachEventOnce(survivor, number -> number % 10 != 7);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(source.committed(source.name()).values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                            .isEqualTo(sent));
        }
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void anAgentThatWasFrozenWritesNothingOfWhatAnotherHasTakenOver(String protocol) {
        try (AgentProcess frozen = agent("frozen", protocol).start()) {
            frozen.awaitLog("KafkaChannel c1: reads partitions \\[\\S+", PATIENCE);
            sendChunk(in);
            long before = out.sumOfEndOffsets();
            sendChunk(in);
            await().atMost(PATIENCE).until(() -> out.sumOfEndOffsets() > before);
            frozen.freeze();
            try (AgentProcess other = agent("other", protocol).start()) {
                assertEachEventOnce(other, number -> true);
                frozen.thaw();
                sendChunk(in);
                assertEachEventOnce(other, number -> true);
                assertThat(other.isAlive()).isTrue();
            }
        }
    }

    private AgentCommand agent(String name, String protocol) {
        return AgentCommand.of(home, name, file(name, protocol));
    }

    private String file(String name, String protocol) {
        String file = AGENT_FILE.formatted(name, out.bootstrapServers(), in.name(), out.name(), protocol);
        return protocol.equals("classic")
                ? file + name + ".channels.c1.kafka.consumer.session.timeout.ms = 5000\n"
                : file;
    }

    private AgentCommand agent(String name, TestTopic source, String protocol) {
        return AgentCommand.of(
                home,
                name,
                file(name, protocol) + WITH_SOURCE.formatted(name, out.bootstrapServers(), source.name(), protocol));
    }

    private void sendChunk(TestTopic topic) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < CHUNK; i++, sent++) {
            records.add(new ProducerRecord<>(
                    topic.name(),
                    null,
                    key(sent % KEYS).getBytes(UTF_8),
                    Integer.toString(sent).getBytes(UTF_8)));
        }
        topic.send(records);
    }

    private static String key(int number) {
        return "key-" + number;
    }

    private void assertEachEventOnce(AgentProcess agent, IntPredicate isKept) {
        Map<String, List<Integer>> expected = new TreeMap<>();
        for (int i = 0; i < sent; i++) {
            if (isKept.test(i)) {
                expected.computeIfAbsent(key(i % KEYS), key -> new ArrayList<>())
                        .add(i);
            }
        }
        int count = expected.values().stream().mapToInt(List::size).sum();
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> out.readToEnd().size() >= count);
        } catch (ConditionTimeoutException late) {
            throw agent.failure("%d of %d events are written; offsets %s, committed %s"
                    .formatted(out.readToEnd().size(), count, in.endOffsets(), in.committed(in.name())));
        }
        Map<String, List<Integer>> written = out.readToEnd().stream()
                .collect(groupingBy(
                        record -> new String(record.key(), UTF_8),
                        mapping(record -> Integer.valueOf(new String(record.value(), UTF_8)), toList())));
        assertThat(new TreeMap<>(written)).isEqualTo(expected);
    }
}
