// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.TestTopic;
import io.flafka.testing.ZooKeeperNode;
import io.flafka.testing.ZooKeeperWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flume.channel.MemoryChannel;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources of an old cluster that find brokers and the group's offsets in ZooKeeper: they lose nothing and read nothing twice. */
@Timeout(120)
class KafkaSourceZooKeeperIT {

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"flume\" password=\"secret\"";

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.clusterWithZooKeeper("kafka-2.8.2", 1)
            .with("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,OUTSIDE:SASL_PLAINTEXT")
            .with("listener.name.outside.sasl.enabled.mechanisms", "PLAIN")
            .with("listener.name.outside.plain.sasl.jaas.config", LOGIN + " user_flume=\"secret\";");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final String group = "group-" + name;
    private final MemoryChannel channel = RunningSource.channel(10_000);
    private final TestTopic topic = KAFKA.topic(2);
    private final TestTopic other = KAFKA.topic();

    @AfterEach
    void stopChannel() {
        channel.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.topics = %s,%s", "kafka.topics.regex = %s|%s"})
    void findsItsBrokersAndContinuesEveryTopicAtTheGroupsOffset(String subscription) {
        sendRecords();
        commitInZooKeeper(KAFKA.zookeeperCluster().zookeeperConnect(), 2, 1, 3);
        String[] property = subscription.formatted(topic.name(), other.name()).split(" = ", -1);
        // Stock's default, which alone would skip the records in between.
        Map<String, String> properties = Map.of(property[0], property[1], "kafka.consumer.auto.offset.reset", "latest");

        try (RunningSource running = start(properties)) {
            assertThat(RunningSource.bodies(running.take(6)))
                    .containsExactlyInAnyOrder("a2", "a3", "b1", "b2", "b3", "c3");
        }
        topic.send("a4");
        try (RunningSource restarted = start(properties)) {
            assertThat(RunningSource.bodies(restarted.take(1))).containsExactly("a4");
        }

        assertThat(RunningSource.takeAvailable(channel)).isEmpty();
        assertThat(topic.committed(group)).isEqualTo(topic.endOffsets());
        assertThat(other.committed(group)).isEqualTo(other.endOffsets());
    }

    @Test
    void usesTheListenerOfItsProtocolWhateverItsName() throws Exception {
        sendRecords();
        int port = FreePort.find();
        addListener("OUTSIDE://127.0.0.1:" + port);

        try (LogLines log = new LogLines("io.flafka.zookeeper.ZooKeeperUse");
                RunningSource running = start(Map.of(
                        "kafka.topics",
                        other.name(),
                        "kafka.client.security.protocol",
                        "SASL_PLAINTEXT",
                        "kafka.client.sasl.mechanism",
                        "PLAIN",
                        "kafka.client.sasl.jaas.config",
                        LOGIN + ";"))) {
            assertThat(RunningSource.bodies(running.take(4))).containsExactly("c0", "c1", "c2", "c3");
            assertThat(log.lines())
                    .containsExactly(
                            "INFO KafkaSource %1$s: brokers found in ZooKeeper %2$s for client flafka-agent-%1$s: 127.0.0.1:%3$d"
                                    .formatted(name, KAFKA.zookeeperCluster().zookeeperConnect(), port));
        }
    }

    @Test
    void commitsTheOffsetOfAnIdlePartitionToKafka() {
        sendRecords();
        commitInZooKeeper(KAFKA.zookeeperCluster().zookeeperConnect(), 4, 4, 4);

        try (RunningSource running = start(Map.of("kafka.topics", topic.name()))) {
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .until(() -> topic.committed(group).equals(Map.of(0, 4L, 1, 4L)));
            assertThat(running.counter("EventReceivedCount")).isZero();
        }
    }

    @Test
    void keepsAnOffsetThatTheGroupHasInKafka() {
        sendRecords();
        commitInZooKeeper(KAFKA.zookeeperCluster().zookeeperConnect(), 1, 1, 1);
        topic.commit(group, Map.of(0, 3L));

        try (RunningSource running = start(Map.of("kafka.topics", topic.name()))) {
            assertThat(RunningSource.bodies(running.take(4))).containsExactlyInAnyOrder("a3", "b1", "b2", "b3");
        }
    }

    @Test
    void startsFromKafkasOffsetWithoutMigration() {
        sendRecords();
        commitInZooKeeper(KAFKA.zookeeperCluster().zookeeperConnect(), 2, 1, 3);

        try (RunningSource running = start(Map.of("kafka.topics", topic.name(), "migrateZookeeperOffsets", "false"))) {
            assertThat(RunningSource.bodies(running.take(8)))
                    .containsExactlyInAnyOrder("a0", "a1", "a2", "a3", "b0", "b1", "b2", "b3");
        }
    }

    /** By default all components share one group, and Kafka rejects commits from outside a group with members. */
    @Test
    void migratesOffsetsOfAGroupThatAlreadyHasMembers() {
        sendRecords();
        commitInZooKeeper(KAFKA.zookeeperCluster().zookeeperConnect(), 2, 1, 3);

        try (RunningSource first = start(Map.of("kafka.topics", topic.name()))) {
            assertThat(RunningSource.bodies(first.take(5))).containsExactlyInAnyOrder("a2", "a3", "b1", "b2", "b3");
            try (RunningSource second =
                    start(Map.of("kafka.topics", other.name(), "kafka.consumer.client.id", "second"))) {
                assertThat(RunningSource.bodies(second.take(1))).containsExactly("c3");
            }
        }
    }

    @Test
    void readsNothingWhileTheGroupsOffsetsAreUnknown() {
        sendRecords();
        try (ZooKeeperNode elsewhere = ZooKeeperNode.start("kafka-2.8.2", directory);
                LogLines log = new LogLines("io.flafka.zookeeper.OffsetMigration")) {
            commitInZooKeeper(elsewhere.address(), 2, 1, 3);
            elsewhere.kill();

            try (RunningSource running = start(Map.of(
                    "kafka.bootstrap.servers", KAFKA.bootstrapServers(),
                    "zookeeperConnect", elsewhere.address(),
                    "kafka.topics", topic.name()))) {
                Awaitility.await().atMost(TIMEOUT).until(() -> !log.lines().isEmpty());
                long polls = running.counter("KafkaEmptyCount");
                Awaitility.await().until(() -> running.counter("KafkaEmptyCount") > polls + 2);
                assertThat(running.counter("EventReceivedCount")).isZero();
                assertThat(log.lines())
                        .containsExactly(
                                ("ERROR KafkaSource %1$s: cannot read [%2$s-0, %2$s-1] yet, because the last offset of group"
                                                + " %3$s is not known: ZooKeeper %4$s does not answer within 10 s. Retrying. To start"
                                                + " without the offsets in ZooKeeper, set migrateZookeeperOffsets = false; then"
                                                + " kafka.consumer.auto.offset.reset applies, which can repeat or skip records")
                                        .formatted(name, topic.name(), group, elsewhere.address()));

                elsewhere.restart();
                assertThat(RunningSource.bodies(running.take(5)))
                        .containsExactlyInAnyOrder("a2", "a3", "b1", "b2", "b3");
            }
        }
    }

    @Test
    void readsNothingIfZooKeeperListsNoBrokersAndSaysWhatToWrite() {
        String address = KAFKA.zookeeperCluster().zookeeper().address();

        try (LogLines log = new LogLines(SourceComponent.class);
                RunningSource running = start(Map.of("kafka.topics", topic.name(), "zookeeperConnect", address))) {
            assertThat(log.lines())
                    .containsExactly(
                            "ERROR KafkaSource " + name + ": cannot create its Kafka client yet, and reads nothing"
                                    + " until it can, which is tried again at least once a minute: cannot find the Kafka brokers:"
                                    + " ZooKeeper " + address
                                    + " has no broker registered in /brokers/ids (all brokers are down,"
                                    + " or the cluster does not use this ZooKeeper, or the path at the end of zookeeperConnect is"
                                    + " missing or wrong). Set kafka.bootstrap.servers, and keep zookeeperConnect only to migrate"
                                    + " the offsets of the group");
            assertThat(running.counter("EventReceivedCount")).isZero();
        }
    }

    private RunningSource start(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(
                Map.of("zookeeperConnect", KAFKA.zookeeperCluster().zookeeperConnect()));
        all.putAll(properties);
        return RunningSource.start(name, List.of(channel), all);
    }

    /** Adds a listener to the running broker. */
    private void addListener(String listener) throws Exception {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        ConfigEntry listeners =
                new ConfigEntry("listeners", "PLAINTEXT://" + KAFKA.bootstrapServers() + "," + listener);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            admin.incrementalAlterConfigs(
                            Map.of(broker, List.of(new AlterConfigOp(listeners, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(() -> KAFKA.broker().log().contains("Updated broker 1 at path /brokers/ids/1"));
    }

    /** Sends four records to each of the three partitions. */
    private void sendRecords() {
        topic.send(List.of(topic.record("a0"), topic.record("a1"), topic.record("a2"), topic.record("a3")));
        topic.send(List.of(topic.record(1, "b0"), topic.record(1, "b1"), topic.record(1, "b2"), topic.record(1, "b3")));
        other.send("c0", "c1", "c2", "c3");
    }

    private void commitInZooKeeper(String address, long first, long second, long ofOther) {
        try (ZooKeeperWriter writer = ZooKeeperWriter.connect(address)) {
            writer.commit(group, topic, 0, first);
            writer.commit(group, topic, 1, second);
            writer.commit(group, other, 0, ofOther);
        }
    }
}
