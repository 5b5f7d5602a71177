// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.flume.channel.MemoryChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests when a batch is delivered to the channel. */
@Timeout(60)
class KafkaSourceBatchIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    /** Longer than these tests run. */
    private static final String VERY_LONG = "60000";

    private static final Duration BATCH_DURATION = Duration.ofMillis(1500);

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final MemoryChannel channel = RunningSource.channel(1000);
    private final TestTopic topic = KAFKA.topic();

    @AfterEach
    void stopChannel() {
        channel.stop();
    }

    @Test
    void isNotDelayedByDefault() {
        try (RunningSource running = start(Map.of("batchDurationMillis", VERY_LONG))) {
            topic.send("a");

            assertThat(RunningSource.bodies(running.take(1))).containsExactly("a");
        }
    }

    @Test
    void waitsForTheMinimumSize() {
        try (RunningSource running = start(Map.of("batchDurationMillis", VERY_LONG, "minBatchSize", "4"))) {
            topic.send("a");
            topic.send("b", "c");
            Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            assertThat(running.counter("EventReceivedCount")).isZero();

            topic.send("d");

            assertThat(RunningSource.bodies(running.take(4))).containsExactly("a", "b", "c", "d");
        }
    }

    @Test
    void waitsNoLongerThanTheBatchDuration() {
        Map<String, String> properties =
                Map.of("batchDurationMillis", Long.toString(BATCH_DURATION.toMillis()), "minBatchSize", "4");

        try (RunningSource running = start(properties)) {
            topic.send("first", "of", "the", "group");
            running.take(4);
            long sent = System.nanoTime();
            topic.send("a");

            assertThat(RunningSource.bodies(running.take(1))).containsExactly("a");
            assertThat(Duration.ofNanos(System.nanoTime() - sent))
                    .isBetween(BATCH_DURATION.dividedBy(2), BATCH_DURATION.multipliedBy(4));
        }
    }

    private RunningSource start(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.topics", topic.name());
        return RunningSource.start(name, channel, topic.bootstrapServers(), all);
    }
}
