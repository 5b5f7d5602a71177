// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the channel under load while its topic changes. */
class ChannelTopicIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void readsPartitionsThatAreAddedUnderLoad() throws Exception {
        TestTopic topic = KAFKA.topic(1);
        try (ChannelLoad load = new ChannelLoad(topic)) {
            ChannelComponent channel = load.channel(Map.of("kafka.client.metadata.max.age.ms", "500"));
            load.source(channel, 0);
            load.sink(channel);
            load.awaitDelivered(200);

            try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()))) {
                admin.createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(3)))
                        .all()
                        .get();
            }
            load.source(channel, 2);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(topic.committed(topic.name()))
                            .hasEntrySatisfying(2, offset -> assertThat(offset).isGreaterThan(100)));
            load.assertAllArriveInOrder();
            assertThat(load.duplicates()).isZero();
        }
    }

    @Test
    void putsToADeletedTopicFailWithItsNameUntilItIsCreatedAgain() {
        TestTopic topic = KAFKA.topic();
        try (ChannelLoad load = new ChannelLoad(topic)) {
            ChannelComponent channel = load.channel(Map.of(
                    "kafka.client.metadata.max.age.ms", "500",
                    "kafka.producer.max.block.ms", "3000",
                    "kafka.producer.request.timeout.ms", "3000",
                    "kafka.producer.delivery.timeout.ms", "4000"));
            load.source(channel, 0);
            load.sink(channel);
            load.awaitDelivered(100);
            load.assertAllArrive();

            topic.delete();

            long before = cpuNanos("flafka-channel-c0-0");
            long start = System.nanoTime();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThatThrownBy(
                                    () -> RunningChannels.put(channel, RunningChannels.numbered(0, 1)))
                            .isInstanceOf(ChannelException.class)
                            .hasMessageContaining("topic " + topic.name() + " not found at kafka.bootstrap.servers="));
            // A reader that retries without a pause would use the CPU all the time.
            assertThat(cpuNanos("flafka-channel-c0-0") - before).isLessThan((System.nanoTime() - start) / 2);

            TestTopic again = TestTopic.create(KAFKA.cluster(), topic.name(), 1);
            await().atMost(PATIENCE).ignoreException(ChannelException.class).until(() -> {
                RunningChannels.put(channel, RunningChannels.numbered(0, 1));
                return true;
            });
            await().atMost(PATIENCE).until(() -> again.committed(topic.name()).getOrDefault(0, 0L) > 0);
        }
    }

    /** Returns the CPU time of a thread. */
    private static long cpuNanos(String thread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().equals(thread))
                .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
                .sum();
    }
}
