// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.ProducerQuota;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.Map;
import org.apache.flume.SinkRunner;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A broker that lacks replicas, quota or disk. The sink slows down or fails with the reason, loses nothing, and continues by itself. */
@Timeout(180)
class BrokerResourcesIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA =
            KafkaBrokerExtension.cluster(2).with("quota.window.num", "2").with("replica.lag.time.max.ms", "2000");

    private static final Map<String, String> SHORT_TIMEOUTS = Map.of(
            "kafka.producer.request.timeout.ms", "5000",
            "kafka.producer.delivery.timeout.ms", "10000",
            "kafka.producer.max.block.ms", "10000");

    @Test
    void failsWithTheReasonWhileTooFewReplicasAreInSync() {
        TestTopic topic = KAFKA.topicOn(0, 1);
        topic.configure(Map.of("min.insync.replicas", "2"));
        KAFKA.broker(1).kill();

        try (RunningSink sink = new RunningSink(topic)) {
            sink.start(topic.bootstrapServers(), SHORT_TIMEOUTS);
            sink.addEvents();
            try (LogLines log = new LogLines(SinkRunner.class)) {
                await().untilAsserted(() -> assertThat(log.throwables())
                        .anySatisfy(failure -> assertThat(failure)
                                .hasMessageContaining("partition 0 of topic " + topic.name()
                                        + " has 1 of 2 replicas in sync, and min.insync.replicas is 2")));
            }
            KAFKA.broker(1).restart();

            await().untilAsserted(sink::assertNoneIsLost);
        }
    }

    @Test
    void slowsDownToItsQuotaWithoutAFailure() {
        TestTopic topic = KAFKA.topicOn(0);
        ProducerQuota.set(KAFKA.cluster(), 200_000);

        try (RunningSink sink = new RunningSink(topic)) {
            sink.start(topic.bootstrapServers(), Map.of());
            sink.addEvents(12, 100_000);

            sink.assertAllDelivered();
            assertThat(sink.rollbackCount()).isZero();
            assertThat(sink.throttledMillis()).isPositive();
        }
    }

    @Test
    void losesNothingIfTheBrokersDiskIsFull() {
        TestTopic topic = KAFKA.topicOn(0);

        try (RunningSink sink = new RunningSink(topic)) {
            sink.start(topic.bootstrapServers(), SHORT_TIMEOUTS);
            sink.addEvents();
            sink.assertAllDelivered();
            KAFKA.broker(0).limitFileSize(1_000_000);
            sink.addEvents(40, 50_000);
            KAFKA.broker(0).awaitStopped();
            sink.awaitFailures(1);
            KAFKA.broker(0).restart();

            await().untilAsserted(sink::assertNoneIsLost);
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }
}
