// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.failure.FailureKind;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.flume.channel.MemoryChannel;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests where the source reads if the group's offset is missing or no longer exists in the topic, and that it logs each such decision. */
@Timeout(120)
@SuppressWarnings("try") // The sources run in the background; the tests need not use them.
class KafkaSourceOffsetsIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final String REPORT = "io.flafka.consume.offsets.PositionReport";

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final String group = "group-" + name;
    private final TestTopic topic = KAFKA.topic();
    private final MemoryChannel channel = RunningSource.channel(100);
    private final Set<String> delivered = new TreeSet<>();

    @AfterEach
    void stopChannel() {
        channel.stop();
    }

    /** A full channel keeps the partition paused, so that no fetch fails because the topic was deleted. */
    @ParameterizedTest
    @CsvSource({"classic, 20", "classic, 300", "consumer, 300"})
    void aTopicRecreatedWhileTheChannelIsFullIsReadFromItsBeginning(String protocol, int newRecords) {
        topic.send(values("old", 0, 200));
        Map<String, String> properties = Map.of("batchSize", "100", "kafka.consumer.group.protocol", protocol);
        try (RunningSource running = start(properties);
                LogLines log = new LogLines(REPORT)) {
            await().atMost(TIMEOUT).until(() -> running.counter("ChannelWriteFail") > 0);

            recreate(values("new", 0, newRecords));
            takeAll(values("new", 0, newRecords));

            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("WARN KafkaSource " + name
                                    + ": a topic was deleted and recreated; reading continues at"
                                    + " the beginning of the new topic: " + topic.name() + "-0 at offset 0"));
        }
        assertThat(topic.committed(group)).containsEntry(0, (long) newRecords);
    }

    @Test
    void aTopicRecreatedWhileTheSourceIsStoppedIsReadFromItsBeginning() throws Exception {
        topic.send(values("old", 0, 50));
        try (RunningSource running = start(Map.of())) {
            takeAll(values("old", 0, 50));
        }
        OffsetAndMetadata oldOffset = committed();
        recreate(values("new", 0, 80));
        alter(oldOffset);

        try (RunningSource running = start(Map.of("kafka.consumer.auto.offset.reset", "latest"))) {
            takeAll(values("new", 0, 80));
        }
    }

    @Test
    void anExpiredOffsetSkipsRecordsWithAWarning() throws Exception {
        topic.send(values("a", 0, 4));
        try (RunningSource running = start(Map.of())) {
            takeAll(values("a", 0, 4));
        }
        topic.send(values("unread", 4, 7));
        try (Admin admin = admin()) {
            admin.deleteConsumerGroupOffsets(group, Set.of(topic.partition(0)))
                    .all()
                    .get();
        }
        delivered.clear();
        try (LogLines log = new LogLines(REPORT);
                RunningSource running = start(Map.of("kafka.consumer.auto.offset.reset", ""))) {
            await().atMost(TIMEOUT).until(() -> !log.lines().isEmpty());

            assertThat(log.lines())
                    .containsExactly("WARN KafkaSource " + name + ": group " + group
                            + " has no committed offset; starts reading " + topic.name()
                            + "-0 at offset 7 (skips up to 7 records before it), because"
                            + " kafka.consumer.auto.offset.reset = latest. Skipped records are not delivered. Set"
                            + " kafka.consumer.auto.offset.reset = earliest to read every record of a partition without a"
                            + " committed offset");
            topic.send("b");
            takeAll("b");
        }
        assertThat(delivered).containsExactly("b");
    }

    @Test
    void aNewPartitionThatAlreadyHasRecordsSkipsThemWithAWarning() throws Exception {
        Map<String, String> properties =
                Map.of("kafka.consumer.auto.offset.reset", "latest", "kafka.consumer.metadata.max.age.ms", "10000");
        try (LogLines log = new LogLines(REPORT);
                RunningSource running = start(properties)) {
            await().atMost(TIMEOUT).until(() -> !log.lines().isEmpty());
            try (Admin admin = admin()) {
                admin.createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(2)))
                        .all()
                        .get();
            }
            topic.send(List.of(topic.record(1, "x"), topic.record(1, "y")));

            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(log.lines())
                            .anySatisfy(line -> assertThat(line)
                                    .startsWith("WARN")
                                    .contains(topic.name() + "-1 at offset 2 (skips up to 2 records before it)")));
        }
    }

    @Test
    void recordsDeletedBeforeTheyWereReadAreSkippedWithAWarning() throws Exception {
        topic.send(values("a", 0, 50));
        topic.commit(group, Map.of(0, 10L));
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(topic.partition(0), RecordsToDelete.beforeOffset(30)))
                    .all()
                    .get();
        }

        try (LogLines log = new LogLines(REPORT);
                RunningSource running = start(Map.of())) {
            takeAll(values("a", 30, 50));
            assertThat(log.lines())
                    .containsExactly("WARN KafkaSource " + name + ": records were deleted before they were read, by the"
                            + " topic's retention or by kafka-delete-records.sh; reading continues: " + topic.name()
                            + "-0 at offset 30 instead of 10 (kafka.consumer.auto.offset.reset = earliest). Increase"
                            + " retention.ms or retention.bytes of the topic");
        }
    }

    @Test
    void recordsDeletedWhileTheSourceRunsAreSkippedWithAWarning() throws Exception {
        for (int first = 0; first < 300; first += 50) {
            topic.send(values("a", first, first + 50));
        }
        // Fetches one of Kafka's batches at a time, so that few records are in flight when they are deleted.
        Map<String, String> smallFetches = Map.of("batchSize", "50", "kafka.consumer.fetch.max.bytes", "1");
        try (LogLines log = new LogLines(REPORT);
                RunningSource running = start(smallFetches)) {
            await().atMost(TIMEOUT).until(() -> running.counter("ChannelWriteFail") > 0);
            try (Admin admin = admin()) {
                admin.deleteRecords(Map.of(topic.partition(0), RecordsToDelete.beforeOffset(280)))
                        .all()
                        .get();
            }

            takeAll(values("a", 280, 300));
            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("WARN KafkaSource " + name + ": records were deleted before they were read")
                            .contains(topic.name() + "-0 at offset 280 instead of "));
        }
        assertThat(topic.committed(group)).containsEntry(0, 300L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "by_duration:PT1H"})
    void noneAndByDurationKeepKafkasMeaning(String reset) {
        topic.send(values("a", 0, 3));

        try (LogLines log = new LogLines(StallReport.class);
                RunningSource running = start(Map.of("kafka.consumer.auto.offset.reset", reset))) {
            if (reset.equals("none")) {
                await().atMost(TIMEOUT).until(() -> !log.lines().isEmpty());
                assertThat(log.lines())
                        .containsExactly("ERROR KafkaSource " + name
                                + ": cannot read: NoStartingOffsetException: no valid offset to read from: "
                                + topic.name()
                                + "-0 has no committed offset. With kafka.consumer.auto.offset.reset = none the"
                                + " operator must set one: stop all members of group " + group
                                + ", reset its offsets with"
                                + " kafka-consumer-groups.sh and start them again, or set earliest or latest; "
                                + FailureKind.FATAL.consequence());
            } else {
                takeAll(values("a", 0, 3));
            }
        }
    }

    private RunningSource start(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("kafka.topics", topic.name()));
        all.putAll(properties);
        if (!all.containsKey("batchSize")) {
            all.put("batchSize", "50");
        }
        return RunningSource.start(name, channel, KAFKA.bootstrapServers(), all);
    }

    /** Recreates the topic so fast that there may be no rebalance in between. */
    private void recreate(String[] values) {
        topic.delete();
        TestTopic.create(KAFKA.cluster(), topic.name(), 1).send(values);
    }

    private void takeAll(String... wanted) {
        await().atMost(TIMEOUT).pollDelay(Duration.ZERO).untilAsserted(() -> {
            delivered.addAll(RunningSource.bodies(RunningSource.takeAvailable(channel)));
            List<String> missing = new ArrayList<>(List.of(wanted));
            missing.removeAll(delivered);
            assertThat(missing).as("not delivered of " + wanted.length).isEmpty();
        });
    }

    private static String[] values(String kind, int from, int to) {
        List<String> values = new ArrayList<>();
        for (int i = from; i < to; i++) {
            values.add(kind + "-" + i);
        }
        return values.toArray(String[]::new);
    }

    private OffsetAndMetadata committed() throws Exception {
        try (Admin admin = admin()) {
            return Objects.requireNonNull(admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(topic.partition(0)));
        }
    }

    private void alter(OffsetAndMetadata offset) throws Exception {
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets(group, Map.of(topic.partition(0), offset))
                    .all()
                    .get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()));
    }
}
