// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An old Kafka with its ZooKeeper. */
class ZooKeeperClusterIT {
    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.clusterWithZooKeeper("kafka-2.8.2", 1);

    @Test
    void keepsRecordsWhenZooKeeperAndBrokerRestart() {
        TestTopic topic = KAFKA.topic();
        topic.send("before");

        KAFKA.zookeeperCluster().zookeeper().kill();
        KAFKA.zookeeperCluster().zookeeper().restart();
        KAFKA.broker().stop();
        KAFKA.broker().restart();
        topic.send("after");

        assertThat(topic.readValues(2)).containsExactly("before", "after");
        assertThat(KAFKA.broker().log()).contains("Kafka version: 2.8.2");
    }
}
