// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LiveThreads;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the channel as a member of its consumer group: stalled sinks, rebalances under load, and changes of the group from outside. */
class ChannelGroupIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void sinksThatOftenFailGetEveryEventOnceAndInOrder() {
        TestTopic topic = KAFKA.topic(4);
        try (ChannelLoad load = new ChannelLoad(topic)) {
            ChannelComponent channel = load.channel(Map.of());
            load.source(channel, 0);
            load.source(channel, 1);
            load.sink(channel, 2);
            load.sink(channel, 3);
            load.sink(channel, 7);

            load.awaitDelivered(20_000);

            load.assertAllArriveInOrder();
            assertThat(load.duplicates()).isZero();
        }
    }

    @Test
    void severalReadersShareThePartitions() {
        TestTopic topic = KAFKA.topic(4);
        try (ChannelLoad load = new ChannelLoad(topic)) {
            ChannelComponent channel =
                    load.channel(Map.of("consumers", "2", "kafka.consumer.heartbeat.interval.ms", "500"));
            for (int partition = 0; partition < 4; partition++) {
                load.source(channel, partition);
            }
            load.sink(channel);
            load.sink(channel, 7);

            load.awaitDelivered(2_000);

            load.assertAllArriveInOrder();
            assertThat(load.duplicates()).isZero();
            assertThat(LiveThreads.names()).contains("flafka-channel-c0-0", "flafka-channel-c0-1");
        }
    }

    @Test
    void aSinkThatStallsLongerThanMaxPollIntervalKeepsTheMembershipAndDelaysOnlyItsPartition() {
        TestTopic topic = KAFKA.topic(2);
        try (ChannelLoad load = new ChannelLoad(topic)) {
            ChannelComponent channel = load.channel(
                    Map.of("kafka.consumer.max.poll.interval.ms", "5000", "kafka.revocationGraceMillis", "1000"));
            load.source(channel, 0);
            Transaction stalled = channel.getTransaction();
            stalled.begin();
            Event held = takeOne(channel);
            load.source(channel, 1);
            load.sink(channel);

            await().atMost(PATIENCE)
                    .during(Duration.ofSeconds(12))
                    .until(() -> topic.committed(topic.name()).getOrDefault(0, 0L) == 0L);
            load.arrived(List.of(held));
            stalled.commit();
            stalled.close();

            load.awaitDelivered(500);
            load.assertAllArriveInOrder();
            assertThat(load.duplicates()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "classic,  org.apache.kafka.clients.consumer.RangeAssignor",
        "classic,  org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
        "consumer, ",
    })
    void anAgentThatJoinsAndLeavesUnderLoadCausesNoLossAndNoDuplicate(String protocol, String assignor) {
        TestTopic topic = KAFKA.topic(4);
        Map<String, String> group = assignor == null
                ? Map.of("kafka.consumer.group.protocol", protocol)
                : Map.of(
                        "kafka.consumer.partition.assignment.strategy",
                        assignor,
                        "kafka.consumer.heartbeat.interval.ms",
                        "500");
        try (ChannelLoad load = new ChannelLoad(topic)) {
            ChannelComponent permanent = load.channel(group);
            for (int partition = 0; partition < 4; partition++) {
                load.source(permanent, partition);
            }
            load.sink(permanent);
            load.sink(permanent, 10);
            load.awaitDelivered(1_000);

            ChannelComponent temporary = load.channel(group);
            load.sink(temporary);
            load.sink(temporary, 10);
            await().atMost(PATIENCE).until(() -> temporary.metrics().getEventTakeSuccessCount() > 0);
            load.awaitDelivered(1_000);
            temporary.stop();
            load.awaitDelivered(1_000);

            load.assertAllArriveInOrder();
            assertThat(load.duplicates()).isZero();
        }
    }

    @Test
    void eventsOfATransactionLongerThanTheGraceAreDeliveredAgainAndCounted() {
        TestTopic topic = KAFKA.topic();
        try (ChannelLoad load = new ChannelLoad(topic)) {
            ChannelComponent slow = load.channel(Map.of("kafka.revocationGraceMillis", "100"));
            load.source(slow, 0);
            Transaction open = slow.getTransaction();
            open.begin();
            Event held = takeOne(slow);
            ChannelComponent other = load.channel(Map.of());
            load.sink(other);
            load.sink(slow);
            load.awaitDelivered(100);

            load.arrived(List.of(held));
            open.commit();
            open.close();

            load.assertAllArrive();
            assertThat(load.duplicates()).isEqualTo(1);
            assertThat(slow.metrics().group().number("EventTakeRevokedCount")).isEqualTo(1);
        }
    }

    @Test
    void aMemberWhoseInstanceIdIsTakenOverReportsItAndStops() {
        TestTopic topic = KAFKA.topic();
        try (ChannelLoad load = new ChannelLoad(topic)) {
            Map<String, String> identity = Map.of("kafka.consumer.group.instance.id", "agent-1");
            ChannelComponent first = load.channel(identity);
            load.source(first, 0);
            load.sink(first);
            load.awaitDelivered(100);

            ChannelComponent second = load.channel(identity);
            load.sink(second);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThatThrownBy(() -> takeAndRollBack(first))
                            .hasMessage("KafkaChannel c0: has stopped reading topic " + topic.name()
                                    + ": another member of the group uses the same group.instance.id. Give each agent its own"
                                    + " kafka.consumer.group.instance.id, then restart this agent"));
            load.awaitDelivered(100);
            load.assertAllArrive();
        }
    }

    @Test
    void readsFromOffsetsThatWereResetWhileItWasStopped() throws Exception {
        TestTopic topic = KAFKA.topic();
        try (ChannelLoad load = new ChannelLoad(topic)) {
            ChannelComponent channel = load.channel(Map.of());
            load.source(channel, 0);
            load.sink(channel);
            load.awaitDelivered(100);
            load.assertAllArrive();
            channel.stop();
            long end = topic.committed(topic.name()).getOrDefault(0, 0L);

            try (Admin admin = admin(topic)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(admin.alterConsumerGroupOffsets(
                                                topic.name(),
                                                Map.of(topic.partition(0), new OffsetAndMetadata(end - 7)))
                                        .all())
                                .succeedsWithin(PATIENCE));
            }
            channel.start();
            load.sink(channel);

            await().atMost(PATIENCE).until(() -> load.duplicates() == 7);
        }
    }

    private static Admin admin(TestTopic topic) {
        return Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()));
    }

    private static Event takeOne(ChannelComponent channel) {
        return await().pollInSameThread().atMost(PATIENCE).until(channel::take, event -> event != null);
    }

    private static void takeAndRollBack(ChannelComponent channel) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            channel.take();
        } finally {
            transaction.rollback();
            transaction.close();
        }
    }
}
