// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AtLeastOnce;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flume.Event;
import org.apache.flume.channel.MemoryChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every batch takes longer than {@code max.poll.interval.ms}, so the group expels the member each time. The source still makes progress. */
@Timeout(240)
class KafkaSourceSlowBatchIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final int BATCH = 10;
    private static final int BATCHES = 3;

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final NumberedEvents numbers = new NumberedEvents("e");
    private final MemoryChannel channel = RunningSource.channel(10_000);

    @AfterEach
    void stopChannel() {
        channel.stop();
    }

    @ParameterizedTest
    @CsvSource({"classic", "consumer"})
    void eachBatchIsDeliveredOnceAndCommitted(String protocol) {
        TestTopic topic = KAFKA.topic();
        List<String> sent = numbers.next(BATCHES * BATCH);
        topic.send(sent.toArray(String[]::new));

        List<Event> events = new ArrayList<>();
        try (LogLines log = new LogLines(ExpulsionReport.class);
                RunningSource running = start("alone", topic, protocol)) {
            events.addAll(running.take(sent.size()));
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .untilAsserted(
                            () -> assertThat(topic.committed("group-" + name)).isEqualTo(topic.endOffsets()));
            assertThat(running.counter("ExpelledCount")).isPositive();
            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("WARN KafkaSource " + name + "-alone: its group expelled it")
                            && line.contains("kafka.consumer.max.poll.interval.ms=1000"));
        }

        events.addAll(RunningSource.takeAvailable(channel));
        assertThat(RunningSource.bodies(events)).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({"classic", "consumer"})
    void twoSlowMembersOfOneGroupMakeProgressAndLoseNothing(String protocol) {
        TestTopic topic = KAFKA.topic(2);
        AtLeastOnce atLeastOnce = new AtLeastOnce();
        for (int partition = 0; partition < 2; partition++) {
            List<String> values = numbers.next(2 * BATCH);
            for (String value : values) {
                topic.send(List.of(topic.record(partition, value)));
            }
            atLeastOnce.addAcknowledged(values);
        }

        try (RunningSource one = start("one", topic, protocol);
                RunningSource other = start("other", topic, protocol)) {
            Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> {
                atLeastOnce.addArrived(RunningSource.bodies(RunningSource.takeAvailable(channel)));
                assertThat(atLeastOnce.missing()).isEmpty();
            });
            assertThat(one.counter("ExpelledCount") + other.counter("ExpelledCount"))
                    .isPositive();
        }

        atLeastOnce.assertHolds();
    }

    private RunningSource start(String member, TestTopic topic, String protocol) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "kafka.topics",
                topic.name(),
                "kafka.consumer.group.id",
                "group-" + name,
                "kafka.consumer.group.protocol",
                protocol,
                "kafka.consumer.max.poll.interval.ms",
                "1000",
                "batchSize",
                Integer.toString(BATCH),
                "interceptors",
                "i1",
                "interceptors.i1.type",
                SlowInterceptor.Builder.class.getName(),
                "interceptors.i1.millis",
                "1500"));
        return RunningSource.start(name + "-" + member, channel, topic.bootstrapServers(), properties);
    }
}
