// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plain agent without Kafka: netcat to a rolling file. */
class AgentProcessIT {
    @TempDir
    Path directory;

    @Test
    void movesAndCountsEventsThenStops() throws Exception {
        FlumeHome home = FlumeHome.withoutStockKafka(directory.resolve("flume"));
        Path out = Files.createDirectory(directory.resolve("out"));
        int port = FreePort.find();
        String properties = """
                a1.sources = r1
                a1.channels = c1
                a1.sinks = k1
                a1.sources.r1.type = netcat
                a1.sources.r1.bind = 127.0.0.1
                a1.sources.r1.port = %d
                a1.sources.r1.channels = c1
                a1.channels.c1.type = memory
                a1.sinks.k1.type = file_roll
                a1.sinks.k1.sink.directory = %s
                a1.sinks.k1.channel = c1
                """.formatted(port, out);

        try (AgentProcess agent =
                        AgentCommand.of(home, "a1", properties).withMetrics().start();
                NetcatClient client = NetcatClient.connect(port)) {
            client.send("one", "two");

            Awaitility.await()
                    .untilAsserted(() -> assertThat(agent.metrics().counter("SINK.k1", "EventDrainSuccessCount"))
                            .isEqualTo(2));
            agent.stop();

            assertThat(agent.isAlive()).isFalse();
            assertThat(lines(out)).containsExactly("one", "two");
            assertThat(client.acknowledged()).containsExactly("one", "two");
            assertThat(home.path().resolve("logs/flume.log")).content().contains("Starting Source r1");
        }
    }

    @Test
    void exitsWhenKilledOrClosed() {
        FlumeHome home = FlumeHome.withoutStockKafka(directory.resolve("flume"));
        String properties = """
                a1.sources = r1
                a1.channels = c1
                a1.sources.r1.type = seq
                a1.sources.r1.totalEvents = 1
                a1.sources.r1.channels = c1
                a1.channels.c1.type = memory
                """;

        long killed;
        long closed;
        try (AgentProcess agent = AgentCommand.of(home, "a1", properties).start();
                AgentProcess other = AgentCommand.of(home, "a1", properties).launch()) {
            agent.freeze();
            agent.kill();
            killed = agent.pid();
            closed = other.pid();
        }

        assertThat(Stream.of(killed, closed).map(ProcessHandle::of))
                .allSatisfy(process ->
                        assertThat(process.filter(ProcessHandle::isAlive)).isEmpty());
    }

    @Test
    void reportsTheLogOfAnAgentThatStopsEarly() {
        FlumeHome home = FlumeHome.withoutStockKafka(directory.resolve("flume"));

        AgentCommand command = AgentCommand.of(home, "a1", "").with("-XX:NoSuchOption");

        assertThat(catchThrowable(() -> {
                    try (AgentProcess agent = command.launch()) {
                        agent.awaitLog("never", Duration.ofSeconds(20));
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("stopped without logging /never/, exit code 1; the end of its log:")
                .hasMessageContaining("NoSuchOption");
    }

    private static List<String> lines(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file));
            }
            return all.toString().lines().toList();
        }
    }
}
