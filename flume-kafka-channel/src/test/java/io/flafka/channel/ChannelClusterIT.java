// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.KafkaBroker;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests a channel on three brokers, two of which must have each event, while one broker dies or does not answer. */
class ChannelClusterIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.cluster(3);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Map<String, String> SETTINGS = Map.of(
            "kafka.consumer.session.timeout.ms", "6000",
            "kafka.producer.request.timeout.ms", "3000",
            "kafka.producer.delivery.timeout.ms", "30000");

    @Test
    void everyAcknowledgedEventIsDeliveredWhileTheBrokersAreKilledOneByOne() {
        TestTopic topic = KAFKA.topic(3);
        try (ChannelLoad load = new ChannelLoad(topic)) {
            ChannelComponent channel = load.channel(SETTINGS);
            load.source(channel, 0);
            Map<String, String> inTransactions = new HashMap<>(SETTINGS);
            inTransactions.put("kafka.producer.transactional.id", topic.name());
            ChannelComponent transactional = load.channel(inTransactions);
            load.source(transactional, 1);
            load.source(transactional, 2);
            load.sink(channel);
            load.sink(channel, 10);
            load.awaitDelivered(500);

            for (int broker = 0; broker < 3; broker++) {
                KAFKA.broker(broker).kill();
                load.awaitDelivered(500);
                KAFKA.broker(broker).restart();
                load.awaitDelivered(500);
            }

            load.assertAllArriveInOrder();
        }
    }

    @Test
    void everyAcknowledgedEventIsDeliveredWhenABrokerIsFrozenLongerThanTheSessionTimeout() {
        TestTopic topic = KAFKA.topic(3);
        try (ChannelLoad load = new ChannelLoad(topic)) {
            ChannelComponent channel = load.channel(SETTINGS);
            for (int partition = 0; partition < 3; partition++) {
                load.source(channel, partition);
            }
            load.sink(channel);
            load.awaitDelivered(500);

            KafkaBroker frozen = KAFKA.broker(0);
            frozen.freeze();
            try {
                await().atMost(PATIENCE).during(Duration.ofSeconds(8)).until(frozen::isAlive);
            } finally {
                frozen.thaw();
            }
            load.awaitDelivered(500);

            load.assertAllArriveInOrder();
            assertThat(frozen.isAlive()).isTrue();
        }
    }

    @Test
    void aPartitionOnAFrozenBrokerDoesNotDelayPutsToOtherPartitions() {
        TestTopic topic = KAFKA.topicWithoutReplicas();
        try (ChannelLoad load = new ChannelLoad(topic)) {
            ChannelComponent channel = load.channel(SETTINGS);
            for (int partition = 0; partition < 3; partition++) {
                load.source(channel, partition);
            }
            load.sink(channel);
            load.awaitDelivered(500);

            KafkaBroker frozen = KAFKA.broker(0);
            frozen.freeze();
            try {
                load.awaitDelivered(2_000);
            } finally {
                frozen.thaw();
            }

            load.assertAllArriveInOrder();
        }
    }
}
