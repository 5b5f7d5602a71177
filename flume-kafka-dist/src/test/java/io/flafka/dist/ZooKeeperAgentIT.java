// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import io.flafka.testing.ZooKeeperWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An unchanged agent file of 2015 in a real agent, with Flume's own ZooKeeper client and an old cluster. */
@Timeout(180)
class ZooKeeperAgentIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.clusterWithZooKeeper("kafka-2.8.2", 1);

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private final TestTopic in = KAFKA.topic();
    private final TestTopic between = KAFKA.topic();
    private final TestTopic out = KAFKA.topic();

    @Test
    void continuesAtTheOffsetsInZooKeeperOnceItAnswers() {
        in.send("0", "1", "2", "3", "4", "5");
        try (ZooKeeperWriter writer =
                ZooKeeperWriter.connect(KAFKA.zookeeperCluster().zookeeperConnect())) {
            // Source and channel had the same group.
            writer.commit("flume", in, 0, 3);
            writer.commit("flume", between, 0, 0);
        }
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));

        KAFKA.zookeeperCluster().zookeeper().kill();
        try (AgentProcess agent = AgentCommand.of(home, "tier1", agentFile()).start()) {
            agent.awaitLog(
                    "KafkaSource source1: cannot create its Kafka client yet.*: cannot find the Kafka brokers: ZooKeeper \\S+ does not answer within 10 s",
                    TIMEOUT);
            KAFKA.zookeeperCluster().zookeeper().restart();

            assertThat(out.readValues(3)).containsExactly("3", "4", "5");
            agent.stop();

            String zookeeper = KAFKA.zookeeperCluster().zookeeperConnect();
            String migrated = "migrated the offset of group flume from ZooKeeper " + zookeeper + " to Kafka: ";
            assertThat(agent.log())
                    .containsPattern("KafkaSource source1: brokers found in ZooKeeper " + zookeeper
                            + " for client \\S+: " + KAFKA.bootstrapServers())
                    .contains("KafkaSource source1: " + migrated + in.partition(0)
                            + " continues at offset 3 (in ZooKeeper: 3)")
                    .contains("KafkaChannel channel1: " + migrated + between.partition(0)
                            + " continues at offset 0 (in ZooKeeper: 0)")
                    // Flume's own client, which is not among the plugin's jars.
                    .contains("Client environment:zookeeper.version=3.6.2");
        }
        assertThat(out.readToEnd()).hasSize(3);
        assertThat(in.committed("flume")).isEqualTo(in.endOffsets());
        assertThat(between.committed("flume")).isEqualTo(between.endOffsets());
    }

    /** Returns the example of Flume's User Guide 1.6 with this test's addresses and names. */
    private String agentFile() {
        return """
                tier1.sources = source1
                tier1.channels = channel1
                tier1.sinks = sink1
                tier1.sources.source1.type = org.apache.flume.source.kafka.KafkaSource
                tier1.sources.source1.channels = channel1
                tier1.sources.source1.zookeeperConnect = %1$s
                tier1.sources.source1.topic = %2$s
                tier1.sources.source1.groupId = flume
                tier1.sources.source1.kafka.consumer.timeout.ms = 100
                tier1.channels.channel1.type = org.apache.flume.channel.kafka.KafkaChannel
                tier1.channels.channel1.capacity = 10000
                tier1.channels.channel1.transactionCapacity = 1000
                tier1.channels.channel1.brokerList = %5$s
                tier1.channels.channel1.topic = %3$s
                tier1.channels.channel1.zookeeperConnect = %1$s
                tier1.channels.channel1.readSmallestOffset = false
                tier1.sinks.sink1.type = org.apache.flume.sink.kafka.KafkaSink
                tier1.sinks.sink1.topic = %4$s
                tier1.sinks.sink1.brokerList = %5$s
                tier1.sinks.sink1.requiredAcks = 1
                tier1.sinks.sink1.batchSize = 20
                tier1.sinks.sink1.channel = channel1
                """.formatted(
                        KAFKA.zookeeperCluster().zookeeperConnect(),
                        in.name(),
                        between.name(),
                        out.name(),
                        KAFKA.bootstrapServers());
    }
}
