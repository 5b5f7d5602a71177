// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent that is stopped three times under load repeats no event, whichever channel is between the source and the
 * sink.
 */
class CleanStopIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int STOPS = 3;
    private static final int CHUNK = 500;
    private static final List<String> CHANNELS = List.of("memory", "file", "spillable", "jdbc", "kafka");
    private static final List<String> IN_MEMORY = List.of("memory", "spillable");

    @TempDir
    private static Path directory;

    private static FlumeHome home;

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
    }

    @Test
    void repeatsNothingWithAnyChannelAndLosesNothingFromDisk() {
        TestTopic in = KAFKA.topic();
        TestTopic channelTopic = KAFKA.topic();
        Map<String, TestTopic> outs = CHANNELS.stream().collect(toMap(Function.identity(), channel -> KAFKA.topic()));
        AgentCommand command = AgentCommand.of(home, "stopped", agentFile(in, channelTopic, outs));
        NumberedEvents numbers = new NumberedEvents("event");
        List<String> events = new ArrayList<>();
        StringBuilder logs = new StringBuilder();

        for (int run = 0; run < STOPS; run++) {
            logs.append(stopUnderLoad(command, in, outs.values(), numbers, events));
        }
        String last = events.get(events.size() - 1);
        try (AgentProcess agent = command.start()) {
            // Events in memory may be lost. The last event, which is read after a restart, is not.
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(outs.entrySet().stream()
                                    .filter(each -> !bodies(each.getValue()).contains(last))
                                    .map(each -> each.getKey() + " has "
                                            + each.getValue().sumOfEndOffsets()))
                            .as("of %d events", events.size())
                            .isEmpty());
            assertThat(agent.isAlive()).isTrue();
        }
        Map<String, String> faults = faults(outs, events);
        assertThat(faults.values()).as(faults.toString()).containsOnly("0 repeated, 0 lost");
        assertThat(logs).doesNotContain("a channel rejects events");
    }

    /** Starts the agent, stops it under load, and returns its log. */
    private static String stopUnderLoad(
            AgentCommand command,
            TestTopic in,
            Collection<TestTopic> outs,
            NumberedEvents numbers,
            List<String> events) {
        int sentBefore = events.size();
        Map<TestTopic, Long> writtenBefore =
                outs.stream().collect(toMap(Function.identity(), TestTopic::sumOfEndOffsets));
        try (AgentProcess agent = command.start()) {
            await().atMost(PATIENCE).until(() -> {
                // Every channel has events to deliver, and none so many that the others wait for it.
                if (events.size() - sentBefore <= slowest(writtenBefore)) {
                    send(in, numbers.next(CHUNK), events);
                }
                return slowest(writtenBefore) >= CHUNK;
            });
            send(in, numbers.next(2 * CHUNK), events);
            agent.stop();
            return agent.log();
        }
    }

    private static Map<String, String> faults(Map<String, TestTopic> outs, List<String> events) {
        Map<String, String> faults = new TreeMap<>();
        outs.forEach((channel, out) -> faults.put(
                channel,
                "%d repeated, %d lost"
                        .formatted(
                                repeated(out).size(),
                                IN_MEMORY.contains(channel)
                                        ? 0
                                        : missing(out, events).size())));
        return faults;
    }

    private static void send(TestTopic in, List<String> bodies, List<String> all) {
        in.send(bodies.toArray(String[]::new));
        all.addAll(bodies);
    }

    /** Returns how many records were added to the topic that got the fewest. */
    private static long slowest(Map<TestTopic, Long> before) {
        return before.entrySet().stream()
                .mapToLong(each -> each.getKey().sumOfEndOffsets() - each.getValue())
                .min()
                .orElseThrow();
    }

    private static Collection<String> missing(TestTopic out, List<String> events) {
        Set<String> missing = new HashSet<>(events);
        bodies(out).forEach(missing::remove);
        return missing;
    }

    private static List<String> repeated(TestTopic out) {
        return bodies(out).stream().collect(groupingBy(Function.identity())).entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static List<String> bodies(TestTopic out) {
        return out.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static String agentFile(TestTopic in, TestTopic channelTopic, Map<String, TestTopic> outs) {
        String names = String.join(" ", CHANNELS);
        return Stream.concat(
                        Stream.of(
                                """
                                stopped.sources = %1$s
                                stopped.channels = %1$s
                                stopped.sinks = %1$s
                                stopped.channels.memory.type = memory
                                stopped.channels.memory.capacity = 5000
                                stopped.channels.memory.transactionCapacity = 1000
                                stopped.channels.file.type = file
                                stopped.channels.file.checkpointDir = %2$s/checkpoint
                                stopped.channels.file.dataDirs = %2$s/data
                                stopped.channels.file.capacity = 100000
                                stopped.channels.file.transactionCapacity = 1000
                                stopped.channels.spillable.type = SPILLABLEMEMORY
                                stopped.channels.spillable.memoryCapacity = 100
                                stopped.channels.spillable.overflowCapacity = 100000
                                stopped.channels.spillable.checkpointDir = %2$s/spill-checkpoint
                                stopped.channels.spillable.dataDirs = %2$s/spill-data
                                stopped.channels.spillable.transactionCapacity = 1000
                                stopped.channels.jdbc.type = jdbc
                                stopped.channels.jdbc.db.type = DERBY
                                stopped.channels.jdbc.driver.class = org.apache.derby.jdbc.EmbeddedDriver
                                stopped.channels.jdbc.driver.url = jdbc:derby:%2$s/database;create=true
                                stopped.channels.jdbc.sysprop.derby.stream.error.file = %2$s/derby.log
                                stopped.channels.kafka.type = io.flafka.KafkaChannel
                                stopped.channels.kafka.kafka.bootstrap.servers = %3$s
                                stopped.channels.kafka.kafka.topic = %4$s
                                stopped.channels.kafka.kafka.consumer.group.id = %4$s
                                """.formatted(names, directory, channelTopic.bootstrapServers(), channelTopic.name())),
                        CHANNELS.stream()
                                .map(channel -> sourceAndSink(channel, in, Objects.requireNonNull(outs.get(channel)))))
                .reduce("", String::concat);
    }

    private static String sourceAndSink(String channel, TestTopic in, TestTopic out) {
        return """
                stopped.sources.%1$s.type = io.flafka.KafkaSource
                stopped.sources.%1$s.kafka.bootstrap.servers = %2$s
                stopped.sources.%1$s.kafka.topics = %3$s
                stopped.sources.%1$s.kafka.consumer.group.id = %4$s
                stopped.sources.%1$s.kafka.consumer.auto.offset.reset = earliest
                stopped.sources.%1$s.setTopicHeader = false
                stopped.sources.%1$s.batchSize = 500
                stopped.sources.%1$s.channels = %1$s
                stopped.sinks.%1$s.type = io.flafka.KafkaSink
                stopped.sinks.%1$s.kafka.bootstrap.servers = %2$s
                stopped.sinks.%1$s.kafka.topic = %4$s
                stopped.sinks.%1$s.channel = %1$s
                """.formatted(channel, in.bootstrapServers(), in.name(), out.name());
    }
}
