// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import io.flafka.testing.TlsListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Components that deliver exactly once together, and that start without their clients, because the file with the authority's certificate comes later.
 */
class LateStartIT {

    private static final TlsListener TLS = new TlsListener();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated().with(TLS);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Flume's own stop takes a moment; a component that waits for its client would take longer. */
    private static final Duration STOP = Duration.ofSeconds(20);

    private static final List<String> COMPONENTS = List.of("sources.r1", "channels.c1", "sinks.k1");

    private static final String AGENT_FILE = """
            a.sources = r1
            a.channels = c1
            a.sinks = k1
            a.sources.r1.type = io.flafka.KafkaSource
            a.sources.r1.kafka.topics = %1$s
            a.sources.r1.kafka.consumer.group.id = r1
            a.sources.r1.kafka.consumer.auto.offset.reset = earliest
            a.sources.r1.batchSize = 50
            a.sources.r1.delivery.guarantee = exactly-once
            a.sources.r1.channels = c1
            a.channels.c1.type = io.flafka.KafkaChannel
            a.channels.c1.kafka.topic = %2$s
            a.channels.c1.kafka.consumer.group.id = c1
            a.channels.c1.kafka.producer.transactional.id = late
            a.channels.c1.parseAsFlumeEvent = false
            a.sinks.k1.type = io.flafka.KafkaSink
            a.sinks.k1.kafka.topic = %3$s
            a.sinks.k1.kafka.producer.transactional.id = late
            a.sinks.k1.delivery.guarantee = exactly-once
            a.sinks.k1.channel = c1
            """;

    @TempDir
    private static Path directory;

    @AfterAll
    static void removeFiles() {
        TLS.close();
    }

    @Test
    void stopsAtOnceAndDeliversEachEventOnceWhenTheFileIsThere() throws Exception {
        TLS.showTrusted(KAFKA.cluster());
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory.resolve("home")));
        TestTopic in = KAFKA.topic();
        TestTopic out = KAFKA.topic();
        List<String> events = new NumberedEvents("event").next(300);
        in.send(events.toArray(String[]::new));
        Path trustStore = directory.resolve("later.p12");
        String agentFile = AGENT_FILE.formatted(in.name(), KAFKA.topic().name(), out.name()) + connection(trustStore);
        AgentCommand command = AgentCommand.of(home, "a", agentFile);

        try (AgentProcess agent = command.start()) {
            awaitWithoutClients(agent);
            agent.stop(STOP);
        }
        try (AgentProcess agent = command.start()) {
            awaitWithoutClients(agent);
            Files.copy(Path.of(TLS.clientProperties("").get("ssl.truststore.location")), trustStore);

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(bodies(out)).hasSizeGreaterThanOrEqualTo(300));
            in.send("last");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(bodies(out)).contains("last"));
            assertThat(bodies(out).subList(0, 300)).isEqualTo(events);
            assertThat(bodies(out)).hasSize(301);
        }
    }

    private static void awaitWithoutClients(AgentProcess agent) {
        agent.awaitLog("KafkaSource r1: cannot create its Kafka client yet.*later.p12", PATIENCE);
        agent.awaitLog("KafkaChannel c1: cannot create its Kafka clients yet.*later.p12", PATIENCE);
        agent.awaitLog(
                "KafkaSink k1: takes no events: KafkaChannel c1: neither stores nor delivers events.*later.p12",
                PATIENCE);
    }

    private static String connection(Path trustStore) {
        return COMPONENTS.stream()
                .map(component -> "a." + component + ".kafka.bootstrap.servers = " + TLS.bootstrapServers() + "\n"
                        + TLS.clientProperties("a." + component + ".kafka.client.").entrySet().stream()
                                .map(each -> each.getKey() + " = "
                                        + (each.getKey().endsWith("location") ? trustStore : each.getValue()) + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    private static List<String> bodies(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
