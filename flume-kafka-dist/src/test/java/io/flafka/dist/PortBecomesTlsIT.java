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
import io.flafka.testing.TestTopic;
import io.flafka.testing.TlsCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker's port that speaks TLS from one restart to the next, while an agent without TLS runs. Kafka's clients take the answer for the size of a
 * response, 352 MB, and run out of memory (KAFKA-4090).
 */
@Tag("full")
class PortBecomesTlsIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String AGENT_FILE = """
            a.sources = read lines
            a.channels = memory kept
            a.sinks = write take
            a.channels.memory.type = memory
            a.sources.read.type = io.flafka.KafkaSource
            a.sources.read.kafka.bootstrap.servers = %1$s
            a.sources.read.kafka.topics = %2$s
            a.sources.read.kafka.consumer.group.id = read
            a.sources.read.kafka.consumer.auto.offset.reset = earliest
            a.sources.read.kafka.consumer.session.timeout.ms = 6000
            a.sources.read.batchSize = 100
            a.sources.read.channels = memory
            a.sinks.write.type = io.flafka.KafkaSink
            a.sinks.write.kafka.bootstrap.servers = %1$s
            a.sinks.write.kafka.topic = %3$s
            a.sinks.write.kafka.producer.max.block.ms = 3000
            a.sinks.write.kafka.producer.delivery.timeout.ms = 4000
            a.sinks.write.kafka.producer.request.timeout.ms = 2000
            a.sinks.write.channel = memory
            a.sources.lines.type = netcat
            a.sources.lines.bind = 127.0.0.1
            a.sources.lines.port = %5$d
            a.sources.lines.channels = memory
            a.channels.kept.type = io.flafka.KafkaChannel
            a.channels.kept.kafka.bootstrap.servers = %1$s
            a.channels.kept.kafka.topic = %4$s
            a.channels.kept.kafka.consumer.group.id = kept
            a.channels.kept.kafka.consumer.auto.offset.reset = earliest
            a.channels.kept.kafka.consumer.session.timeout.ms = 6000
            a.channels.kept.parseAsFlumeEvent = false
            a.sinks.take.type = file_roll
            a.sinks.take.sink.directory = %6$s
            a.sinks.take.sink.rollInterval = 0
            a.sinks.take.channel = kept
            """;

    @TempDir
    private static Path directory;

    @Test
    void eachComponentNamesTheCauseAndGoesOnWhenThePortIsBack() throws Exception {
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory.resolve("home")));
        TlsCertificates certificates = TlsCertificates.createIn(directory);
        TestTopic in = KAFKA.topic();
        TestTopic out = KAFKA.topic();
        TestTopic kept = KAFKA.topic();
        Path taken = Files.createDirectory(directory.resolve("taken"));
        int linesPort = FreePort.find();
        String brokers = KAFKA.bootstrapServers();
        String agentFile = AGENT_FILE.formatted(brokers, in.name(), out.name(), kept.name(), linesPort, taken);
        in.send("in-1");
        kept.send("kept-1");

        try (AgentProcess agent = AgentCommand.of(home, "a", agentFile).start()) {
            try (NetcatClient lines = NetcatClient.connect(linesPort)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(bodies(out)).containsExactly("in-1"));
                await().atMost(PATIENCE).until(() -> textIn(taken), "kept-1\n"::equals);
                await().atMost(PATIENCE).until(() -> kept.committed("kept"), Map.of(0, 1L)::equals);

                KAFKA.broker().stop();
                try (TlsPort port = new TlsPort(certificates, portOf(brokers))) {
                    lines.send("line-1");
                    awaitCause(agent, port);
                }
                KAFKA.broker().restart();
                in.send("in-2");
                kept.send("kept-2");
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bodies(out))
                            .containsOnlyOnce("in-1", "in-2")
                            .contains("line-1"));
            await().atMost(PATIENCE).until(() -> textIn(taken), "kept-1\nkept-2\n"::equals);
            assertThat(agent.isAlive()).isTrue();
        }
    }

    private static void awaitCause(AgentProcess agent, TlsPort port) {
        for (String component : List.of("KafkaSource read", "KafkaSink write", "KafkaChannel kept")) {
            agent.awaitLog(
                    component + ": .*" + Pattern.quote(port.address()) + " speaks TLS, and this client", PATIENCE);
        }
    }

    private static int portOf(String brokers) {
        return Integer.parseInt(brokers.substring(brokers.lastIndexOf(':') + 1));
    }

    private static List<String> bodies(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static String textIn(Path folder) throws Exception {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
