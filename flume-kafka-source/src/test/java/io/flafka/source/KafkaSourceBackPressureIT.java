// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.flume.Event;
import org.apache.flume.channel.MemoryChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A channel stays full much longer than {@code max.poll.interval.ms}: the source stays in its group and keeps its events. */
@Timeout(240)
class KafkaSourceBackPressureIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final int VALUES = 300;
    private static final int CAPACITY = 100;
    private static final Duration HELD_UP = Duration.ofSeconds(25);

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final TestTopic topic = KAFKA.topic(2);
    private final MemoryChannel first = RunningSource.channel(10 * VALUES);
    // Waits three seconds for free space at each attempt, as Flume's memory channel does by default.
    private final MemoryChannel second = RunningSource.channel(CAPACITY, Duration.ofSeconds(3));

    @Test
    void aFullChannelCausesNoRebalanceNoDuplicateAndNoLossAndIsLoggedOnce() {
        topic.send(IntStream.range(0, VALUES)
                .mapToObj(i -> topic.record(i % 2, "0v" + i))
                .toList());
        List<Event> events = new ArrayList<>();

        try (LogLines log = new LogLines(StallReport.class);
                RunningSource running =
                        RunningSource.start(name, List.of(second), topic.bootstrapServers(), properties())) {
            Awaitility.await().until(() -> running.counter("ChannelWriteFail") > 0);
            long seen = StampingInterceptor.SEEN.get();
            Awaitility.await().atMost(120, SECONDS).until(() -> running.counter("HeldUpMillis") > HELD_UP.toMillis());
            assertThat(StampingInterceptor.SEEN.get()).isGreaterThan(seen);
            assertThat(running.counter("ConsumerLag")).isPositive();
            assertThat(running.counter("ConsumerLagSeconds")).isPositive();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN KafkaSource " + name + ": a channel rejects");

            events.addAll(running.take(VALUES));

            assertThat(running.rebalances()).isEqualTo(1.0);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(log.lines().get(1)).isEqualTo("INFO KafkaSource " + name + ": resumed"));
            Awaitility.await()
                    .until(() -> running.counter("ConsumerLag") == 0 && running.counter("UncommittedRecordCount") == 0);
        }

        assertThat(RunningSource.takeAvailable(second)).isEmpty();
        assertUnchangedByEarlierAttempts(events);
        assertThat(RunningSource.bodies(events)).doesNotHaveDuplicates().hasSize(VALUES);
        assertThat(topic.committed("group-" + name)).isEqualTo(topic.endOffsets());
    }

    @Test
    void aFullAndAnEmptyChannelBothGetEveryEventUnchanged() {
        topic.send(IntStream.range(0, VALUES).mapToObj(i -> "0v" + i).toArray(String[]::new));
        List<Event> fromFirst = new ArrayList<>();
        List<Event> fromSecond = new ArrayList<>();

        try (RunningSource running =
                RunningSource.start(name, List.of(first, second), topic.bootstrapServers(), properties())) {
            Awaitility.await().until(() -> running.counter("ChannelWriteFail") > 1);
            Awaitility.await().atMost(30, SECONDS).until(() -> {
                fromSecond.addAll(RunningSource.takeAvailable(second));
                return fromSecond.size() >= VALUES;
            });
            fromFirst.addAll(running.take(VALUES));
        }

        fromFirst.addAll(RunningSource.takeAvailable(first));
        assertUnchangedByEarlierAttempts(fromFirst);
        assertUnchangedByEarlierAttempts(fromSecond);
        assertThat(RunningSource.bodies(fromSecond)).doesNotHaveDuplicates();
        // Flume commits one channel after the other: the empty one gets a rejected batch again.
        assertThat(RunningSource.bodies(fromFirst)).containsAll(RunningSource.bodies(fromSecond));
    }

    private Map<String, String> properties() {
        return Map.of(
                "kafka.topics", topic.name(),
                "batchSize", "50",
                "maxBackoffSleep", "5000",
                "backoffSleepIncrement", "1000",
                "kafka.consumer.max.poll.interval.ms", "10000",
                "interceptors", "i1",
                "interceptors.i1.type", StampingInterceptor.Builder.class.getName());
    }

    private static void assertUnchangedByEarlierAttempts(List<Event> events) {
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getBody()[0]).isEqualTo((byte) '1');
            assertThat(event.getHeaders()).containsEntry("stamp", "x");
        });
    }
}
