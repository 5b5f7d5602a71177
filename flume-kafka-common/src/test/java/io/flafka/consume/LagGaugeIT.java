// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's client takes over the end of a paused partition from the answer to a question for it. */
class LagGaugeIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration POLL = Duration.ofMillis(100);

    private final TestTopic topic = KAFKA.topic();

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void theLagOfAPausedPartitionGrows(String groupProtocol) {
        LagGauge gauge = new LagGauge(Map::of);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                KAFKA.bootstrapServers(),
                "group.id",
                topic.name(),
                "group.protocol",
                groupProtocol,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false");
        topic.send("first");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic.name()));
            await().until(() -> !consumer.poll(POLL).isEmpty());
            consumer.pause(consumer.assignment());

            topic.send("second", "third");

            await().atMost(Duration.ofMinutes(1)).until(() -> {
                gauge.afterPoll(consumer, consumer.poll(POLL), Set.of());
                return gauge.lag().records() == 2;
            });
            assertThat(gauge.lag().mostRecords()).isPositive();
        }
    }
}
