// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.ForkedCluster;
import io.flafka.testing.KafkaCluster;
import io.flafka.testing.ZooKeeperCluster;
import java.util.Map;

/** A version of Kafka to run the plugin with. */
enum KafkaVersion {
    /** The version of the plugin's own client. */
    KAFKA_4_4_0("4.4.0"),
    /** The last version of Kafka 3, without ZooKeeper. */
    KAFKA_3_9_2("3.9.2"),
    /** The last version of Kafka 2. */
    KAFKA_2_8_2("2.8.2"),
    /** The last version of Kafka 1. It is older than kafka-clients 4 supports. */
    KAFKA_1_1_1("1.1.1"),
    /** The oldest version that kafka-clients 3.9 supports. It has neither idempotent producers nor transactions. */
    KAFKA_0_10_0_1("0.10.0.1");

    private final String number;

    KafkaVersion(String number) {
        this.number = number;
    }

    /** Returns the version number in Kafka's spelling. */
    String number() {
        return number;
    }

    /**
     * Starts one broker. It creates topics on first use, because the tests' client cannot create topics on the oldest
     * version.
     */
    KafkaCluster start() {
        String runtime = "kafka-" + number;
        Map<String, String> properties = Map.of("auto.create.topics.enable", "true");
        return switch (this) {
            case KAFKA_4_4_0, KAFKA_3_9_2 -> ForkedCluster.start(runtime, 1, properties);
            case KAFKA_2_8_2, KAFKA_1_1_1, KAFKA_0_10_0_1 ->
                ZooKeeperCluster.startWithZooKeeper(runtime, 1, properties);
        };
    }

    /** Returns the lines that an operator adds to {@code smoke-agent.properties} for this version. */
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
