// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.ForkedCluster;
import io.flafka.testing.KafkaCluster;
import io.flafka.testing.TestDirectory;
import io.flafka.testing.TestTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A broker, three topics, and an agent with a heap of 256 MB. For one thread. */
final class SoakStage implements AutoCloseable {
    static final int PARTITIONS = 4;
    private static final Map<String, String> BROKER =
            Map.of("log.retention.check.interval.ms", "10000", "log.segment.delete.delay.ms", "1000");

    private final TestDirectory directory;
    private final KafkaCluster cluster;
    private final SoakAgent settings;
    private final AgentProcess agent;

    private SoakStage(TestDirectory directory, KafkaCluster cluster, SoakAgent settings, AgentProcess agent) {
        this.directory = directory;
        this.cluster = cluster;
        this.settings = settings;
        this.agent = agent;
    }

    /** Starts everything and waits until the agent runs. */
    static SoakStage start(Path plugin, Function<String, SoakAgent> settings, Map<String, String> retention) {
        TestDirectory directory = TestDirectory.create("soak");
        KafkaCluster cluster = ForkedCluster.start(1, BROKER);
        try {
            for (String topic : List.of(SoakAgent.INPUT, SoakAgent.CHANNEL, SoakAgent.OUTPUT)) {
                TestTopic.create(cluster, topic, PARTITIONS).configure(retention);
            }
            SoakAgent agent = settings.apply(cluster.bootstrapServers());
            return new SoakStage(directory, cluster, agent, start(plugin, directory.path(), agent));
        } catch (RuntimeException | Error e) {
            cluster.close();
            directory.close();
            throw e;
        }
    }

    private static AgentProcess start(Path plugin, Path directory, SoakAgent agent) {
        FlumeHome home = FlumeHome.withoutStockKafka(directory.resolve("flume")).install(plugin);
        // As an operator runs it: with the JVM's own choice of collector and compilers.
        return AgentCommand.of(home, SoakAgent.NAME, agent.properties())
                .withFlumeDefaultHeap()
                .with("-Xmx256m")
                .start();
    }

    KafkaCluster cluster() {
        return cluster;
    }

    SoakAgent settings() {
        return settings;
    }

    AgentProcess agent() {
        return agent;
    }

    /** Copies the agent's log. */
    void keepLog(Path file) {
        try {
            Files.writeString(file, agent.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        agent.close();
        cluster.close();
        directory.close();
    }
}
