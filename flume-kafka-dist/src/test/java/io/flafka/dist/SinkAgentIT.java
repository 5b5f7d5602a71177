// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka sinks in real agents: in a sink group with an unreachable cluster, and in a process that another one has
 * replaced.
 */
class SinkAgentIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String HALF = """
            half.sources = lines
            half.channels = c
            half.sinks = first second
            half.sinkgroups = g
            half.sources.lines.type = netcat
            half.sources.lines.bind = 127.0.0.1
            half.sources.lines.port = %4$d
            half.sources.lines.channels = c
            half.channels.c.type = memory
            half.sinkgroups.g.sinks = first second
            half.sinkgroups.g.processor.type = failover
            half.sinkgroups.g.processor.priority.first = 1
            half.sinkgroups.g.processor.priority.second = 2
            half.sinks.first.type = io.flafka.KafkaSink
            half.sinks.first.channel = c
            half.sinks.first.kafka.bootstrap.servers = %1$s
            half.sinks.first.kafka.topic = %2$s
            half.sinks.second.type = io.flafka.KafkaSink
            half.sinks.second.channel = c
            half.sinks.second.kafka.bootstrap.servers = %1$s
            half.sinks.second.kafka.topic = %2$s
            half.sinks.second.kafka.producer.security.protocol = SSL
            half.sinks.second.kafka.producer.ssl.truststore.location = %3$s/missing.jks
            """;
    private static final int EVENTS = 500;
    private static final int BATCH = 20;

    @TempDir
    private static Path directory;

    private static FlumeHome home;

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
    }

    @Test
    void sinkGroupDeliversEverythingIfOneClusterIsUnreachable() throws IOException {
        TestTopic failover = KAFKA.topic();
        TestTopic balanced = KAFKA.topic();
        int port = FreePort.find();
        List<String> events = new NumberedEvents("e").next(EVENTS);
        AgentCommand command = AgentCommand.of(
                home, "groups", """
                groups.sources = lines
                groups.channels = cf cb
                groups.sinks = fdead flive bdead blive
                groups.sinkgroups = f b
                groups.sources.lines.type = netcat
                groups.sources.lines.bind = 127.0.0.1
                groups.sources.lines.port = %d
                groups.sources.lines.channels = cf cb
                groups.channels.cf.type = memory
                groups.channels.cf.capacity = 1000
                groups.channels.cb.type = memory
                groups.channels.cb.capacity = 1000
                groups.sinkgroups.f.sinks = fdead flive
                groups.sinkgroups.f.processor.type = failover
                groups.sinkgroups.f.processor.priority.fdead = 2
                groups.sinkgroups.f.processor.priority.flive = 1
                groups.sinkgroups.b.sinks = bdead blive
                groups.sinkgroups.b.processor.type = load_balance
                groups.sinkgroups.b.processor.backoff = true
                """.formatted(port) + deadAndLive("f", failover) + deadAndLive("b", balanced));

        // Flume logs the start of the groups by name, but not of their sinks.
        try (AgentProcess agent = command.launch();
                NetcatClient netcat = NetcatClient.connect(port)) {
            netcat.send(events);

            assertThat(failover.readValues(EVENTS)).containsExactlyInAnyOrderElementsOf(events);
            assertThat(balanced.readValues(EVENTS)).containsExactlyInAnyOrderElementsOf(events);
            assertThat(agent.log())
                    .contains("KafkaSink fdead: ", "KafkaSink bdead: ")
                    .doesNotContain("KafkaSink flive: record", "KafkaSink blive: record");
        }
    }

    @Test
    void sinkGroupDeliversThroughTheOtherSinkIfAClientCannotBeCreated() throws IOException {
        TestTopic topic = KAFKA.topic();
        int port = FreePort.find();
        List<String> events = new NumberedEvents("half").next(BATCH);
        AgentCommand command =
                AgentCommand.of(home, "half", HALF.formatted(topic.bootstrapServers(), topic.name(), directory, port));

        // Flume logs the start of a group under another name.
        try (AgentProcess agent = command.launch()) {
            agent.awaitLog("Created serverSocket", PATIENCE);
            try (NetcatClient lines = NetcatClient.connect(port)) {
                lines.send(events);
            }

            assertThat(topic.readValues(BATCH)).containsExactlyElementsOf(events);
            assertThat(agent.log())
                    .contains(
                            "KafkaSink second: cannot create its Kafka client yet, and takes no events until it can, which is tried again"
                                    + " at least once a minute: ",
                            "missing.jks");
            assertThat(agent.log().split("client.id = flafka-half-first\n", -1)).hasSize(2);
            assertThat(agent.log().split("KafkaSink first: writes to", -1)).hasSize(2);
        }
    }

    @Test
    void replacedProcessReportsThatItIsFencedAndWritesNothing() throws IOException {
        TestTopic topic = KAFKA.topic();
        int olderPort = FreePort.find();
        int youngerPort = FreePort.find();
        NumberedEvents numbers = new NumberedEvents("older");
        List<String> ofOlder = new ArrayList<>(numbers.next(EVENTS));
        List<String> ofYounger = new NumberedEvents("younger").next(2 * BATCH);

        try (AgentProcess older =
                        identity("older", olderPort, topic).withMetrics().start();
                NetcatClient toOlder = NetcatClient.connect(olderPort)) {
            toOlder.send(ofOlder);
            // As in a long garbage collection. It writes more afterwards, even if nothing was left when it froze.
            topic.read(BATCH);
            older.freeze();
            try (AgentProcess younger = identity("younger", youngerPort, topic).start();
                    NetcatClient toYounger = NetcatClient.connect(youngerPort)) {
                toYounger.send(ofYounger);
                await().atMost(PATIENCE).until(() -> values(topic).containsAll(ofYounger));
                older.thaw();
                List<String> more = numbers.next(BATCH);
                toOlder.send(more);
                ofOlder.addAll(more);
                older.awaitLog(
                        "DeliveryFailedException: KafkaSink k1: .*another process has taken over the transactional id "
                                + topic.name() + "-sink.one.k1",
                        PATIENCE);
                long committed = older.metrics().counter("SINK.k1", "EventDrainSuccessCount");

                List<String> written = values(topic);
                assertThat(written)
                        .doesNotHaveDuplicates()
                        .startsWith(ofOlder.subList(0, (int) committed).toArray(String[]::new))
                        .endsWith(ofYounger.toArray(String[]::new))
                        .hasSize((int) committed + ofYounger.size());
                assertThat(committed).isLessThan(ofOlder.size());
                assertThat(younger.log()).doesNotContain("another process has taken over");
            }
        }
    }

    /** Returns two sinks of one group and one channel. The first has no cluster. */
    private static String deadAndLive(String group, TestTopic topic) {
        return """
                groups.sinks.%1$sdead.type = io.flafka.KafkaSink
                groups.sinks.%1$sdead.kafka.bootstrap.servers = 127.0.0.1:%2$d
                groups.sinks.%1$sdead.kafka.topic = %4$s
                groups.sinks.%1$sdead.kafka.producer.max.block.ms = 1000
                groups.sinks.%1$sdead.channel = c%1$s
                groups.sinks.%1$slive.type = io.flafka.KafkaSink
                groups.sinks.%1$slive.kafka.bootstrap.servers = %3$s
                groups.sinks.%1$slive.kafka.topic = %4$s
                groups.sinks.%1$slive.channel = c%1$s
                """.formatted(group, FreePort.find(), topic.bootstrapServers(), topic.name());
    }

    /** Returns a second agent with the same agent name, sink name and transactional id. */
    private static AgentCommand identity(String file, int port, TestTopic topic) throws IOException {
        Path path = home.conf().resolve(file + ".properties");
        Files.writeString(path, """
                one.sources = lines
                one.channels = c1
                one.sinks = k1
                one.sources.lines.type = netcat
                one.sources.lines.bind = 127.0.0.1
                one.sources.lines.port = %d
                one.sources.lines.channels = c1
                one.channels.c1.type = memory
                one.channels.c1.capacity = 1000
                one.sinks.k1.type = io.flafka.KafkaSink
                one.sinks.k1.kafka.bootstrap.servers = %s
                one.sinks.k1.kafka.topic = %s
                one.sinks.k1.kafka.producer.transactional.id = %3$s
                one.sinks.k1.flumeBatchSize = %4$d
                one.sinks.k1.channel = c1
                """.formatted(port, topic.bootstrapServers(), topic.name(), BATCH));
        return AgentCommand.of(home, "one", path);
    }

    private static List<String> values(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
