// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static io.flafka.channel.TakenValues.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests an unclean leader election: the new leader lacks records, and other records are written at their offsets. The channel delivers these,
 * although the group has committed higher offsets.
 */
@Timeout(360)
class ChannelTruncationIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.cluster(3)
            .with("unclean.leader.election.enable", "true")
            .with("min.insync.replicas", "1");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ON_BOTH = 100;
    private static final int LOST = 400;
    private static final int NEW = 600;

    private final RunningChannels channels = new RunningChannels();

    @AfterEach
    void stop() {
        channels.close();
    }

    @Test
    void deliversTheRecordsAtTheOffsetsOfLostOnesWhetherItWasRunningOrStopped() {
        TestTopic one = KAFKA.topicOn(0, 1);
        TestTopic other = KAFKA.topicOn(0, 1);
        ChannelComponent running = start(one);
        ChannelComponent stopping = start(other);
        TakenValues taken = new TakenValues();
        write(one, "one-both", ON_BOTH, running, taken);
        write(other, "other-both", ON_BOTH, stopping, taken);
        KAFKA.broker(1).freeze();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> inSync(one) == 1 && inSync(other) == 1);
        write(one, "one-lost", LOST, running, taken);
        write(other, "other-lost", LOST, stopping, taken);
        awaitCommitted(one, ON_BOTH + LOST);
        awaitCommitted(other, ON_BOTH + LOST);
        stopping.stop();
        awaitCommitted(other, ON_BOTH + LOST);

        KAFKA.broker(0).kill();
        KAFKA.broker(1).thaw();
        write(one, "one-new", NEW, running, taken);
        write(other, "other-new", NEW, start(other), taken);

        awaitCommitted(one, ON_BOTH + NEW);
        awaitCommitted(other, ON_BOTH + NEW);
    }

    private static void write(TestTopic topic, String kind, int count, ChannelComponent channel, TakenValues taken) {
        String[] values = values(kind, 0, count);
        topic.send(values);
        taken.take(channel, values);
    }

    private ChannelComponent start(TestTopic topic) {
        return channels.start(
                "c-" + topic.name(),
                topic,
                Map.of(
                        "parseAsFlumeEvent", "false",
                        "kafka.consumer.group.id", topic.name(),
                        "kafka.consumer.request.timeout.ms", "5000",
                        "kafka.pollTimeout", "100"));
    }

    private static int inSync(TestTopic topic) throws Exception {
        // The frozen broker accepts the request, and does not answer.
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", topic.bootstrapServers(),
                "request.timeout.ms", 1000,
                "default.api.timeout.ms", 5000);
        try (Admin admin = Admin.create(settings)) {
            TopicPartitionInfo partition = Objects.requireNonNull(admin.describeTopics(List.of(topic.name()))
                            .allTopicNames()
                            .get()
                            .get(topic.name()))
                    .partitions()
                    .get(0);
            return partition.isr().size();
        }
    }

    private static void awaitCommitted(TestTopic topic, long offset) {
        await().atMost(PATIENCE)
                .ignoreException(IllegalStateException.class)
                .untilAsserted(() -> assertThat(topic.committed(topic.name())).isEqualTo(Map.of(0, offset)));
    }
}
