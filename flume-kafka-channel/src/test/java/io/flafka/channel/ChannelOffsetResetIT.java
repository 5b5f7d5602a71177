// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static io.flafka.channel.TakenValues.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flume.Transaction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests recreated topics, deleted records and expired offsets: the records that the topic has then are delivered, and no offset of the old topic is
 * committed.
 */
@Timeout(120)
class ChannelOffsetResetIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final TestTopic topic = KAFKA.topic();
    private final RunningChannels channels = new RunningChannels();
    private final TakenValues taken = new TakenValues();

    @AfterEach
    void stop() {
        channels.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void readsATopicRecreatedWhileItRunsFromItsBeginning(String protocol) {
        int newRecords = 50;
        ChannelComponent channel = start(protocol);
        topic.send(values("old", 0, 200));
        taken.take(channel, values("old", 0, 200));
        await().atMost(PATIENCE).until(() -> topic.committed(topic.name()).getOrDefault(0, 0L) == 200);

        recreate(values("new", 0, newRecords));
        taken.take(channel, values("new", 0, newRecords));
        await().atMost(PATIENCE).until(() -> topic.committed(topic.name()).getOrDefault(0, 0L) == newRecords);
        channel.stop();

        topic.send(values("later", 0, 300));
        ChannelComponent again = start(protocol);
        taken.take(again, values("later", 0, 300));
    }

    /** The partition stays paused, because the read-ahead is full while the transaction is open. So the group revokes it and assigns it again. */
    @ParameterizedTest
    @ValueSource(ints = {50, 700})
    void readsATopicRecreatedDuringATakeTransactionFromItsBeginning(int newRecords) {
        topic.send(values("old", 0, 500));
        ChannelComponent channel = start("classic");
        Transaction open = channel.getTransaction();
        open.begin();
        await().atMost(PATIENCE).pollInSameThread().until(() -> channel.take() != null);

        recreate(values("new", 0, newRecords));
        open.commit();
        open.close();
        taken.take(channel, values("new", 0, newRecords));
        channel.stop();
        assertThat(topic.committed(topic.name())).containsEntry(0, (long) newRecords);

        topic.send(values("later", 0, 900));
        taken.take(start("classic"), values("later", 0, 900));
    }

    @Test
    void readsATopicRecreatedWhileItWasStoppedFromItsBeginning() throws Exception {
        ChannelComponent channel = start("classic");
        topic.send(values("old", 0, 100));
        taken.take(channel, values("old", 0, 100));
        channel.stop();
        OffsetAndMetadata ofOldTopic = committed();

        recreate(values("new", 0, 150));
        // The brokers delete offsets with their topic, unless a running member commits once more.
        commit(ofOldTopic);

        taken.take(start("classic"), values("new", 0, 150));
    }

    @Test
    void continuesAfterRecordsThatWereDeletedWhileItWasStopped() throws Exception {
        ChannelComponent channel = start("classic");
        topic.send(values("old", 0, 10));
        taken.take(channel, values("old", 0, 10));
        channel.stop();
        topic.send(values("unread", 10, 40));
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(topic.partition(0), RecordsToDelete.beforeOffset(30)))
                    .all()
                    .get();
        }

        ChannelComponent again = start("classic");
        taken.take(again, values("unread", 30, 40));
        again.stop();
        assertThat(topic.committed(topic.name())).containsEntry(0, 40L);
    }

    @Test
    void continuesAfterRecordsThatWereDeletedDuringATakeTransaction() throws Exception {
        for (int first = 0; first < 500; first += 100) {
            topic.send(values("old", first, first + 100));
        }
        // One batch per fetch, so that few records are already fetched when the others are deleted.
        ChannelComponent channel = start("classic", Map.of("kafka.consumer.fetch.max.bytes", "1"));
        Transaction open = channel.getTransaction();
        open.begin();
        await().atMost(PATIENCE).pollInSameThread().until(() -> channel.take() != null);
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(topic.partition(0), RecordsToDelete.beforeOffset(480)))
                    .all()
                    .get();
        }

        try (LogLines log = new LogLines("io.flafka.consume.offsets.PositionReport")) {
            open.commit();
            open.close();
            taken.take(channel, values("old", 480, 500));
            channel.stop();

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN KafkaChannel c1: records were deleted before they were read")
                    .contains(topic.name() + "-0 at offset 480 instead of ");
        }
        assertThat(topic.committed(topic.name())).containsEntry(0, 500L);
    }

    @Test
    void expiredOffsetsRepeatEventsAndLoseNone() throws Exception {
        ChannelComponent channel = start("classic");
        topic.send(values("a", 0, 10));
        taken.take(channel, values("a", 0, 10));
        channel.stop();
        try (Admin admin = admin()) {
            admin.deleteConsumerGroupOffsets(topic.name(), Set.of(topic.partition(0)))
                    .all()
                    .get();
        }
        taken.forget();

        taken.take(start("classic"), values("a", 0, 10));
    }

    @Test
    void commitsTheTopicIdAndTheLeaderEpochWithTheOffset() throws Exception {
        ChannelComponent channel = start("classic");
        topic.send(values("a", 0, 10));
        taken.take(channel, values("a", 0, 10));
        channel.stop();

        OffsetAndMetadata committed = committed();
        assertThat(committed.offset()).isEqualTo(10);
        assertThat(committed.metadata()).isEqualTo("flafka/1 topic=" + topicId() + " epoch=0");
    }

    private ChannelComponent start(String protocol) {
        return start(protocol, Map.of());
    }

    private ChannelComponent start(String protocol, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "parseAsFlumeEvent", "false",
                "kafka.consumer.group.id", topic.name(),
                "kafka.consumer.group.protocol", protocol,
                "readAheadRecords", "50",
                "kafka.pollTimeout", "100"));
        properties.putAll(more);
        return channels.start("c1", topic, properties);
    }

    /** Deletes and creates the topic so fast that there may be no rebalance in between. */
    private void recreate(String[] values) {
        topic.delete();
        TestTopic.create(KAFKA.cluster(), topic.name(), 1).send(values);
    }

    private OffsetAndMetadata committed() throws Exception {
        try (Admin admin = admin()) {
            return Objects.requireNonNull(admin.listConsumerGroupOffsets(topic.name())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(topic.partition(0)));
        }
    }

    private void commit(OffsetAndMetadata offset) throws Exception {
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets(topic.name(), Map.of(topic.partition(0), offset))
                    .all()
                    .get();
        }
    }

    private String topicId() throws Exception {
        try (Admin admin = admin()) {
            return Objects.requireNonNull(admin.describeTopics(List.of(topic.name()))
                            .allTopicNames()
                            .get()
                            .get(topic.name()))
                    .topicId()
                    .toString();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()));
    }
}
