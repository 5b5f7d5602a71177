// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AtLeastOnce;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.OrderedPerPartition;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flume.Event;
import org.apache.flume.channel.MemoryChannel;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members join and leave under load: nothing is lost, and nothing is duplicated unless a member is killed. */
@Timeout(180)
class KafkaSourceGroupIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            // With the new protocol a member learns of a rebalance with its next heartbeat.
            .with("group.consumer.min.heartbeat.interval.ms", "100")
            .with("group.consumer.heartbeat.interval.ms", "200");

    private static final int PARTITIONS = 4;
    private static final int ROUNDS = 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int EVENTS_PER_ROUND = 100;
    private static final int RECORDS_PER_SEND = 200;

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final MemoryChannel channel = RunningSource.channel(1_000_000);
    private final TestTopic topic = KAFKA.topic(PARTITIONS);
    private final AtLeastOnce atLeastOnce = new AtLeastOnce();
    private final OrderedPerPartition ordered = new OrderedPerPartition();
    private final AtomicBoolean isSending = new AtomicBoolean(true);

    @AfterEach
    void stopChannel() {
        channel.stop();
    }

    @ParameterizedTest
    @CsvSource({"heartbeat.interval.ms, 500", "group.protocol, consumer"})
    void aMemberThatJoinsAndLeavesTenTimesUnderLoadCausesNoLossAndNoDuplicate(String property, String value) {
        Map<String, String> group = Map.of("kafka.consumer." + property, value);
        CompletableFuture<Void> load = sendInBackground();

        try (RunningSource member = start("member", group)) {
            for (int round = 0; round < ROUNDS; round++) {
                try (RunningSource guest = start("guest", group)) {
                    Awaitility.await()
                            .atMost(TIMEOUT)
                            .until(() -> guest.counter("EventAcceptedCount") > EVENTS_PER_ROUND);
                }
            }
            isSending.set(false);
            load.join();
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .until(() -> topic.committed("group-" + name).equals(topic.endOffsets()));
            assertThat(member.counter("EventAcceptedCount")).isPositive();
        }

        assertHolds();
    }

    @Test
    void cleanRestartsUnderLoadCauseNoDuplicate() {
        CompletableFuture<Void> load = sendInBackground();

        for (int round = 0; round < ROUNDS; round++) {
            try (RunningSource running = start("restarted", Map.of("kafka.consumer.group.instance.id", "one"))) {
                Awaitility.await()
                        .atMost(TIMEOUT)
                        .until(() -> running.counter("EventAcceptedCount") > EVENTS_PER_ROUND);
            }
        }
        isSending.set(false);
        load.join();
        try (RunningSource last = start("restarted", Map.of("kafka.consumer.group.instance.id", "one"))) {
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .until(() -> topic.committed("group-" + name).equals(topic.endOffsets()));
            assertThat(last.counter("OffsetCommitFailCount")).isZero();
        }

        assertHolds();
    }

    private void assertHolds() {
        List<Event> events = RunningSource.takeAvailable(channel);
        while (!events.isEmpty()) {
            for (Event event : events) {
                List<String> body = RunningSource.bodies(List.of(event));
                atLeastOnce.addArrived(body);
                ordered.addArrived(Integer.parseInt(event.getHeaders().getOrDefault("partition", "-1")), body);
            }
            events = RunningSource.takeAvailable(channel);
        }
        atLeastOnce.assertHolds();
        ordered.assertHolds();
        assertThat(atLeastOnce.duplicates()).isZero();
    }

    /** Sends records to all partitions until {@code isSending} is false. Joining the future reports a failure. */
    private CompletableFuture<Void> sendInBackground() {
        return CompletableFuture.runAsync(() -> {
            for (int round = 0; isSending.get(); round++) {
                send(round);
            }
        });
    }

    private void send(int round) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < RECORDS_PER_SEND; i++) {
            int partition = i % PARTITIONS;
            String value = "v" + round + "-" + i;
            records.add(topic.record(partition, value));
            ordered.addSent(partition, List.of(value));
            values.add(value);
        }
        topic.send(records);
        atLeastOnce.addAcknowledged(values);
    }

    private RunningSource start(String member, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(
                Map.of("kafka.topics", topic.name(), "kafka.consumer.group.id", "group-" + name, "batchSize", "50"));
        all.putAll(properties);
        return RunningSource.start(name + "-" + member, channel, topic.bootstrapServers(), all);
    }
}
