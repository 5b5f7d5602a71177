// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.FreePort;
import io.flafka.testing.HdfsMiniCluster;
import io.flafka.testing.InstalledJava;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.RuntimeClassPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The agent of {@code smoke-agent.properties} in a typical Flume home: the stock Kafka components in {@code lib}, the
 * unzipped plugin, Hadoop's client on the class path.
 *
 * @param trial the trial that it runs
 * @param home the Flume home
 * @param hdfs the HDFS that its sink writes to
 * @param sent the port for lines to the Kafka sink
 * @param put the port for lines to the Kafka channel
 */
record SmokeAgent(Trial trial, FlumeHome home, HdfsMiniCluster hdfs, int sent, int put) {
    private static final List<String> LINES =
            IntStream.rangeClosed(1, 100).mapToObj(i -> "line " + i).toList();
    private static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    // Hadoop's client requests three replicas by default.
    private static final String ONE_DATA_NODE = """
            <configuration><property><name>dfs.replication</name><value>1</value></property></configuration>
            """;

    /** Creates the home in a directory. */
    static SmokeAgent createIn(Path directory, Trial trial, HdfsMiniCluster hdfs) {
        FlumeHome home = Distribution.installedIn(FlumeHome.of(trial.flume(), directory.resolve(trial.name())));
        SmokeAgent agent = new SmokeAgent(trial, home, hdfs, FreePort.find(), FreePort.find());
        try {
            Files.createDirectory(agent.files(Flow.SINK_AND_SOURCE));
            Files.createDirectory(agent.files(Flow.CHANNEL));
            Files.writeString(home.conf().resolve("hdfs-site.xml"), ONE_DATA_NODE);
            agent.replaceClient();
            return agent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the command that starts it. */
    AgentCommand command(InstalledJava java, String brokers) {
        return AgentCommand.of(home, "a", agentFile(brokers))
                .onJava(java.home())
                // These JVM options only save time.
                .with("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")
                .withRuntime("hadoop-client");
    }

    /**
     * Sends lines and waits for them at the other end of each flow.
     *
     * @throws AssertionError if the agent does not stop in time, or has logged an error
     */
    TrialResult attempt(AgentProcess process) {
        send(sent);
        send(put);
        awaitDelivery();
        Set<Flow> works = Stream.of(Flow.values())
                .filter(flow -> delivered(flow).equals(LINES))
                .collect(Collectors.toSet());
        process.stop(STOP_TIMEOUT);
        assertThat(process.log())
                .as(trial.name())
                .contains("Kafka version: " + trial.client())
                .doesNotContain(" ERROR ");
        return new TrialResult(
                trial,
                works,
                process.failure(trial + " works only for " + works).toString());
    }

    private static void send(int port) {
        try (NetcatClient netcat = NetcatClient.connect(port)) {
            netcat.send(LINES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitDelivery() {
        try {
            Awaitility.await()
                    .atMost(DELIVERY_TIMEOUT)
                    .until(() -> Stream.of(Flow.values())
                            .allMatch(flow -> delivered(flow).size() >= LINES.size()));
        } catch (ConditionTimeoutException late) {
            // The caller checks which flow is complete.
            return;
        }
    }

    /** Returns the lines that a flow has delivered so far. */
    private List<String> delivered(Flow flow) {
        return flow == Flow.TO_HDFS ? hdfs.lines(hdfsPath()) : linesIn(files(flow));
    }

    private String agentFile(String brokers) {
        return AgentTemplate.named("smoke-agent.properties")
                        .with("sent", sent)
                        .with("put", put)
                        .with("brokers", brokers)
                        .with("name", trial.name())
                        .with("read", files(Flow.SINK_AND_SOURCE))
                        .with("taken", files(Flow.CHANNEL))
                        .with("hdfs", hdfs.uri() + hdfsPath())
                        .text()
                + trial.kafka().linesToAdd();
    }

    private Path files(Flow flow) {
        return home.path().resolve(flow.name());
    }

    private String hdfsPath() {
        return "/" + trial.name();
    }

    /** Replaces the client as docs/migrating.md describes it for old brokers. */
    private void replaceClient() throws IOException {
        Path folder = home.plugins().resolve("flume-kafka").resolve("kafka");
        String wanted = "kafka-clients-" + trial.client() + ".jar";
        if (Files.exists(folder.resolve(wanted))) {
            return;
        }
        try (Stream<Path> jars = Files.list(folder)) {
            Files.delete(jars.filter(jar -> jar.getFileName().toString().startsWith("kafka-clients-"))
                    .findFirst()
                    .orElseThrow());
        }
        Path jar = RuntimeClassPath.named("kafka-" + trial.client()).entries().stream()
                .filter(entry -> entry.getFileName().toString().equals(wanted))
                .findFirst()
                .orElseThrow();
        Files.copy(jar, folder.resolve(wanted));
    }

    private static List<String> linesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
