// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.ForkedCluster;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.KafkaCluster;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.EventDeliveryException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real channel and the real sink, exactly once: bad events, and commits that Kafka does not confirm. */
@Timeout(360)
class ExactlyOnceFaultsIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MOST_FREEZES = 10;
    /**
     * A broker that stays frozen for longer loses its partitions, and a Kafka 4.4 broker does not end a transaction in a partition that has no leader
     * (KAFKA-20734).
     */
    private static final Map<String, String> LEADER_STAYS_WHILE_FROZEN = Map.of("broker.session.timeout.ms", "60000");

    private static final Map<String, String> WITH_HEADER = Map.of("headers.include", "part");

    @Test
    void nothingIsCommittedPastAnEventAtWhichTheSinkStops() throws EventDeliveryException {
        TestTopic in = KAFKA.topic();
        TestTopic out = KAFKA.topic();
        in.send(List.of(in.record("a"), in.record("b"), toPartition(in, "not a number", "bad"), in.record("c")));

        try (ChannelAndSink flow = start(in, out, Map.of("partitionIdHeader", "part"))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThatThrownBy(flow::process).hasMessageContaining("stopped at event"));
            flow.process();
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(flow::process).hasMessageContaining("stopped at event 1 of the batch");
            }
        }
        assertThat(values(out)).containsExactly("a", "b");
        assertThat(in.committed(in.name())).isEqualTo(Map.of(0, 2L));

        try (ChannelAndSink flow = start(in, out, Map.of("partitionIdHeader", "part", "errors.tolerance", "all"))) {
            processUntil(flow, () -> values(out).size() >= 3);
        }
        assertThat(values(out)).containsExactly("a", "b", "c");
        assertThat(in.committed(in.name())).isEqualTo(Map.of(0, 4L));
    }

    @Test
    void aDeadLetterIsInTheTransactionOfItsBatch() {
        TestTopic in = KAFKA.topic();
        TestTopic out = KAFKA.topic();
        TestTopic dead = KAFKA.topic();
        in.send(List.of(in.record("a"), toPartition(in, "x", "bad"), in.record("c")));

        try (ChannelAndSink flow = start(
                in,
                out,
                Map.of(
                        "partitionIdHeader", "part",
                        "errors.tolerance", "all",
                        "errors.deadletterqueue.topic.name", dead.name()))) {
            processUntil(flow, () -> values(dead).contains("bad"));
        }

        assertThat(values(out)).containsExactly("a", "c");
        assertThat(values(dead)).containsExactly("bad");
        // The offset after the letter is that of the transaction's end.
        assertThat(dead.endOffsets()).isEqualTo(Map.of(0, 2L));
    }

    @Test
    void aDeadLetterLargerThanTheSinkMaySendIsWrittenToo() {
        TestTopic in = KAFKA.topic();
        TestTopic out = KAFKA.topic();
        TestTopic dead = KAFKA.topic();
        String large = "x".repeat(150_000);
        in.send(large, "after it");

        try (ChannelAndSink flow = start(
                in,
                out,
                Map.of(
                        "kafka.producer.max.request.size", "100000",
                        "errors.tolerance", "all",
                        "errors.deadletterqueue.topic.name", dead.name()))) {
            processUntil(flow, () -> values(out).contains("after it"));
        }

        assertThat(values(out)).containsExactly("after it");
        assertThat(values(dead)).containsExactly(large);
    }

    @Test
    void commitsThatKafkaDoesNotConfirmRepeatAndLoseNothing() {
        try (ForkedCluster cluster = ForkedCluster.start(1, LEADER_STAYS_WHILE_FROZEN)) {
            TestTopic in = TestTopic.create((KafkaCluster) cluster, 2);
            TestTopic out = TestTopic.create((KafkaCluster) cluster, 1);
            NumberedEvents numbers = new NumberedEvents("event");
            List<String> sent = new ArrayList<>();
            AtomicBoolean stops = new AtomicBoolean();
            AtomicInteger failures = new AtomicInteger();
            try (ChannelAndSink flow = start(
                    in,
                    out,
                    Map.of(
                            "flumeBatchSize", "20",
                            "maxInFlightBatches", "2",
                            "kafka.producer.max.block.ms", "2000",
                            "kafka.producer.request.timeout.ms", "1500",
                            "kafka.producer.delivery.timeout.ms", "2000"))) {
                CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                    while (!stops.get()) {
                        process(flow, failures);
                    }
                });
                for (int freezes = 0, unconfirmed = 0; unconfirmed < 4; freezes++) {
                    assertThat(freezes).as("freezes in all").isLessThan(MOST_FREEZES);
                    int failuresBefore = failures.get();
                    long before = out.sumOfEndOffsets();
                    sent.addAll(send(in, numbers.next(1_000)));
                    awaitMoreThan(before + 50, out);
                    cluster.brokers().get(0).freeze();
                    unconfirmed += hasMoreThan(failuresBefore, failures) ? 1 : 0;
                    cluster.brokers().get(0).thaw();
                }
                await().atMost(PATIENCE).until(() -> values(out).size() >= sent.size());
                stops.set(true);
                running.join();
            }
            assertThat(values(out)).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    private static void awaitMoreThan(long offsets, TestTopic topic) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> topic.sumOfEndOffsets() > offsets);
    }

    /** Nothing fails if the sink had written all events before the freeze. */
    private static boolean hasMoreThan(int before, AtomicInteger failures) {
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> failures.get() > before);
            return true;
        } catch (ConditionTimeoutException none) {
            return false;
        }
    }

    private static List<String> send(TestTopic topic, List<String> events) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        events.forEach(event -> records.add(topic.record(records.size() % 2, event)));
        topic.send(records);
        return events;
    }

    private static ChannelAndSink start(TestTopic in, TestTopic out, Map<String, String> ofSink) {
        Map<String, String> all = new HashMap<>(ofSink);
        all.put("delivery.guarantee", "exactly-once");
        all.put("kafka.producer.transactional.id", "once");
        ChannelAndSink flow = new ChannelAndSink();
        flow.start(in, WITH_HEADER, out, all);
        return flow;
    }

    private static void processUntil(ChannelAndSink flow, java.util.function.BooleanSupplier condition) {
        AtomicInteger failures = new AtomicInteger();
        await().atMost(PATIENCE).until(() -> {
            process(flow, failures);
            return condition.getAsBoolean();
        });
    }

    private static void process(ChannelAndSink flow, AtomicInteger failures) {
        try {
            flow.process();
        } catch (EventDeliveryException failed) {
            failures.incrementAndGet();
        }
    }

    private static ProducerRecord<byte[], byte[]> toPartition(TestTopic topic, String header, String value) {
        ProducerRecord<byte[], byte[]> record = topic.record(value);
        record.headers().add(new RecordHeader("part", header.getBytes(UTF_8)));
        return record;
    }

    private static List<String> values(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
