// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.Event;
import org.apache.flume.channel.MemoryChannel;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A class of the operator's in Kafka's consumer throws errors, both for records that the consumer has read and while offsets are committed. */
@Timeout(120)
class KafkaSourceClientErrorIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int EVENTS = 20;

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final MemoryChannel channel = RunningSource.channel(10_000);

    @BeforeEach
    void failThreeTimesEach() {
        Failing.READS.set(3);
        Failing.COMMITS.set(3);
    }

    @AfterEach
    void stopChannel() {
        channel.stop();
    }

    @ParameterizedTest
    @CsvSource({"classic", "consumer"})
    void aNewConsumerReadsOnAndLosesNothing(String protocol) {
        TestTopic topic = KAFKA.topic();
        List<String> sent = new NumberedEvents("e").next(EVENTS);
        topic.send(sent.toArray(String[]::new));

        List<Event> events = new ArrayList<>();
        try (LogLines log = new LogLines(StallReport.class);
                RunningSource running =
                        RunningSource.start(name, channel, topic.bootstrapServers(), properties(topic, protocol))) {
            events.addAll(running.take(sent.size()));
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(topic.committed(name)).isEqualTo(topic.endOffsets()));

            assertThat(running.counter("ConsumerReplacedCount")).isGreaterThanOrEqualTo(3);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("ERROR"))
                    .first()
                    .asString()
                    .startsWith("ERROR KafkaSource " + name
                            + ": its Kafka consumer failed (java.lang.NoClassDefFoundError: com/example/Forgotten);"
                            + " replacing the consumer");
        }

        // An event whose commit failed can come twice; none is missing, and the first deliveries are in order.
        events.addAll(RunningSource.takeAvailable(channel));
        assertThat(RunningSource.bodies(events).stream().distinct()).isEqualTo(sent);
    }

    /** Flume stops its components one after the other, and an error of one would leave the others running. */
    @Test
    void anErrorWhileTheLastOffsetsAreCommittedDoesNotLeaveTheStop() {
        Failing.READS.set(0);
        Failing.COMMITS.set(Integer.MAX_VALUE);
        TestTopic topic = KAFKA.topic();
        List<String> sent = new NumberedEvents("e").next(EVENTS);
        topic.send(sent.toArray(String[]::new));

        try (LogLines log = new LogLines(SourceComponent.class)) {
            try (RunningSource running =
                    RunningSource.start(name, channel, topic.bootstrapServers(), properties(topic, "classic"))) {
                assertThat(RunningSource.bodies(running.take(sent.size()))).isEqualTo(sent);
            }

            assertThat(log.lines())
                    .anyMatch(
                            line -> line.startsWith(
                                    "WARN KafkaSource " + name
                                            + ": its Kafka consumer failed at the stop (java.lang.NoClassDefFoundError: com/example/Forgotten)"));
        }
    }

    private Map<String, String> properties(TestTopic topic, String protocol) {
        return Map.of(
                "kafka.topics",
                topic.name(),
                "kafka.consumer.group.id",
                name,
                "kafka.consumer.group.protocol",
                protocol,
                "batchSize",
                "5",
                "kafka.consumer.interceptor.classes",
                Failing.class.getName());
    }

    /** Lacks a class that it needs, until its jar is there. */
    public static final class Failing implements ConsumerInterceptor<byte[], byte[]> {
        private static final AtomicInteger READS = new AtomicInteger();
        private static final AtomicInteger COMMITS = new AtomicInteger();

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            failWhile(READS);
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
            failWhile(COMMITS);
        }

        private static void failWhile(AtomicInteger failures) {
            if (failures.getAndDecrement() > 0) {
                throw new NoClassDefFoundError("com/example/Forgotten");
            }
        }

        @Override
        public void close() {
            READS.get();
        }

        @Override
        public void configure(Map<String, ?> settings) {
            READS.get();
        }
    }
}
