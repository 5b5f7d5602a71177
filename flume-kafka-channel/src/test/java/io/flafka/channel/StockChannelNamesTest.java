// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that every property of stock's channel is known: of Flume 1.6 to 1.11, of Kafka 0.8, and names that the User Guide misspells. */
class StockChannelNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.bootstrap.servers",
                "kafka.topic",
                "kafka.consumer.group.id",
                "parseAsFlumeEvent",
                "kafka.pollTimeout",
                "partitionIdHeader",
                "defaultPartitionId",
                "kafka.consumer.auto.offset.reset",
                "kafka.producer.acks",
                "kafka.consumer.ssl.disableTLSHostnameVerification",
                "kafka.producer.ssl.disableTLSHostnameVerification",
                "kafka.producer.security.protocol",
                "capacity",
                "transactionCapacity",
                "type",
                "brokerList",
                "zookeeperConnect",
                "topic",
                "groupId",
                "readSmallestOffset",
                "timeout",
                "pollTimeout",
                "migrateZookeeperOffsets",
                "kafka.consumer.timeout.ms",
                "kafka.auto.commit.enable",
                "kafka.zookeeper.connect",
                "kafka.request.required.acks",
                "kafka.metadata.broker.list",
                "kafka.producer.type",
                "kafka.partitioner.class"
            })
    void isKnown(String name) {
        assertThat(ChannelProperties.SET.read("x", Map.of(name, "1")).problems().warnings())
                .noneMatch(warning -> warning.contains(" is not known"));
    }
}
