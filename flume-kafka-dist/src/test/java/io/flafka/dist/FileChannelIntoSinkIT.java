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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Flume's file channel, which returns a new object for an event on each take, and the sink with an event that the
 * broker rejects, in a real agent.
 */
@Timeout(180)
class FileChannelIntoSinkIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /**
     * Too long to fit into the gap that the rejected record leaves in Kafka's batch. Otherwise the test would wait for
     * delivery.timeout.ms.
     */
    private static final String BEAT = "beat ".repeat(40);

    private static final String LARGE = "x".repeat(150_000);
    private static final int BEATS = 30;

    @TempDir
    private static Path directory;

    private static FlumeHome home;

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory.resolve("home")));
    }

    /**
     * With one sink the events come back in order, and the sink recognizes those that are in Kafka. With several sinks
     * they are written again. No event is lost.
     */
    @ParameterizedTest
    @CsvSource({"one, k1", "two, k1 k2"})
    void deliversAllEqualEventsAroundARejectedOne(String name, String sinks) throws IOException {
        TestTopic topic = KAFKA.topic();
        topic.configure(Map.of("max.message.bytes", "100000"));
        int port = FreePort.find();

        try (AgentProcess agent = agent(name, sinks, port, topic).start();
                NetcatClient lines = NetcatClient.connect(port)) {
            lines.send(Collections.nCopies(BEATS, BEAT));
            lines.send(List.of(LARGE));
            lines.send(Collections.nCopies(BEATS, BEAT));
            await().atMost(PATIENCE).until(() -> agent.log().split("stopped at event", -1).length > 3);

            topic.configure(Map.of("max.message.bytes", "200000"));
            await().atMost(PATIENCE).until(() -> count(topic, LARGE) > 0 && count(topic, BEAT) >= 2 * BEATS);

            if (sinks.equals("k1")) {
                assertThat(count(topic, BEAT)).isEqualTo(2 * BEATS);
                assertThat(count(topic, LARGE)).isEqualTo(1);
            }
        }
    }

    private static int count(TestTopic topic, String body) {
        return (int) topic.readToEnd().stream()
                .filter(record -> new String(record.value(), UTF_8).equals(body))
                .count();
    }

    private static AgentCommand agent(String name, String sinks, int port, TestTopic topic) throws IOException {
        StringBuilder file = new StringBuilder("""
                %1$s.sources = lines
                %1$s.channels = c
                %1$s.sinks = %2$s
                %1$s.sources.lines.type = netcat
                %1$s.sources.lines.bind = 127.0.0.1
                %1$s.sources.lines.port = %3$d
                %1$s.sources.lines.max-line-length = 200000
                %1$s.sources.lines.channels = c
                %1$s.channels.c.type = file
                %1$s.channels.c.checkpointDir = %4$s/%1$s/checkpoint
                %1$s.channels.c.dataDirs = %4$s/%1$s/data
                """.formatted(name, sinks, port, directory));
        for (String sink : sinks.split(" ", -1)) {
            file.append("""
                    %1$s.sinks.%2$s.type = io.flafka.KafkaSink
                    %1$s.sinks.%2$s.kafka.bootstrap.servers = %3$s
                    %1$s.sinks.%2$s.kafka.topic = %4$s
                    %1$s.sinks.%2$s.flumeBatchSize = 20
                    %1$s.sinks.%2$s.channel = c
                    """.formatted(name, sink, topic.bootstrapServers(), topic.name()));
        }
        return AgentCommand.of(home, name, file.toString());
    }
}
