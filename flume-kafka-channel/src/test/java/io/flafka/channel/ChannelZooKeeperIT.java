// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static io.flafka.channel.RunningChannels.numbered;
import static io.flafka.channel.RunningChannels.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import io.flafka.testing.ZooKeeperNode;
import io.flafka.testing.ZooKeeperWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests channels of an old cluster: the agent file names a ZooKeeper, which has the brokers and the group's offsets. */
@Timeout(120)
class ChannelZooKeeperIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.clusterWithZooKeeper("kafka-2.8.2", 1);

    @TempDir
    private Path directory;

    private final RunningChannels channels = new RunningChannels();
    private final TestTopic topic = KAFKA.topic();

    @AfterEach
    void stop() {
        channels.close();
    }

    @Test
    void findsTheBrokersAndContinuesAtTheGroupsOffset() {
        commitInZooKeeper(KAFKA.zookeeperCluster().zookeeperConnect(), 4);
        ChannelComponent channel = channels.start(
                "c1",
                Map.of(
                        "zookeeperConnect", KAFKA.zookeeperCluster().zookeeperConnect(),
                        "topic", topic.name(),
                        "groupId", topic.name()));

        put(channel, numbered(0, 6));

        assertThat(next(channel, 2)).isEqualTo("45");
        await().until(() -> topic.committed(topic.name()).equals(Map.of(0, 6L)));
    }

    @Test
    void putsButDoesNotTakeWhileZooKeeperDoesNotAnswer() {
        try (ZooKeeperNode elsewhere = ZooKeeperNode.start("kafka-2.8.2", directory)) {
            commitInZooKeeper(elsewhere.address(), 4);
            elsewhere.kill();
            ChannelComponent channel = channels.start(
                    "c1",
                    topic,
                    Map.of(
                            "zookeeperConnect", elsewhere.address(),
                            "kafka.consumer.group.id", topic.name(),
                            "kafka.pollTimeout", "100"));

            put(channel, numbered(0, 6));
            // No event may be taken before ZooKeeper has answered.
            assertThatThrownBy(() -> next(channel, 1)).hasMessage("nothing came");
            elsewhere.restart();

            assertThat(next(channel, 2)).isEqualTo("45");
        }
    }

    private static String next(ChannelComponent channel, int count) {
        return String.join(
                "",
                IntStream.range(0, count)
                        .mapToObj(event ->
                                new String(RunningChannels.take(channel).getBody(), UTF_8))
                        .toList());
    }

    private void commitInZooKeeper(String address, long offset) {
        try (ZooKeeperWriter writer = ZooKeeperWriter.connect(address)) {
            writer.commit(topic.name(), topic, 0, offset);
        }
    }
}
