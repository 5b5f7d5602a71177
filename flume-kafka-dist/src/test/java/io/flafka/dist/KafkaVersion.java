// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.ForkedCluster;
import io.flafka.testing.KafkaCluster;
import io.flafka.testing.ZooKeeperCluster;
import java.util.Map;

/** A Kafka to try the plugin with. */
enum KafkaVersion {
    /** The version of the plugin's own client. */
    KAFKA_4_4_0("4.4.0"),
    /** The last of Kafka 3; without a ZooKeeper. */
    KAFKA_3_9_2("3.9.2"),
    /** The last of Kafka 2. */
    KAFKA_2_8_2("2.8.2"),
    /** The last of Kafka 1: older than what kafka-clients 4 is made for. */
    KAFKA_1_1_1("1.1.1"),
    /** The oldest that kafka-clients 3.9 is made for: it has neither idempotent producers nor transactions. */
    KAFKA_0_10_0_1("0.10.0.1");

    private final String number;

    KafkaVersion(String number) {
        this.number = number;
    }

    /** As Kafka writes it. */
    String number() {
        return number;
    }

    /** Starts one broker. It makes topics when they are first used: the client of the tests cannot ask the oldest one for any. */
    KafkaCluster start() {
        String runtime = "kafka-" + number;
        Map<String, String> properties = Map.of("auto.create.topics.enable", "true");
        return switch (this) {
            case KAFKA_4_4_0, KAFKA_3_9_2 -> ForkedCluster.start(runtime, 1, properties);
            case KAFKA_2_8_2, KAFKA_1_1_1, KAFKA_0_10_0_1 ->
                ZooKeeperCluster.startWithZooKeeper(runtime, 1, properties);
        };
    }

    /** What an operator adds to {@code smoke-agent.properties}. */
    String linesToAdd() {
        return switch (this) {
            case KAFKA_4_4_0, KAFKA_3_9_2, KAFKA_2_8_2, KAFKA_1_1_1 -> "";
            case KAFKA_0_10_0_1 -> """
                    a.sinks.kafka.kafka.producer.enable.idempotence = false
                    a.channels.kept.kafka.producer.enable.idempotence = false
                    a.channels.kept.kafka.consumer.isolation.level = read_uncommitted
                    a.channels.through.kafka.producer.enable.idempotence = false
                    a.channels.through.kafka.consumer.isolation.level = read_uncommitted
                    """;
        };
    }
}
