// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests every property name that stock's source read in Flume 1.6 to 1.11, passed to Kafka 0.8, or that the User Guide misspells. */
class StockSourceNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.bootstrap.servers",
                "kafka.topics",
                "kafka.topics.regex",
                "kafka.consumer.group.id",
                "batchSize",
                "batchDurationMillis",
                "backoffSleepIncrement",
                "maxBackoffSleep",
                "useFlumeEventFormat",
                "setTopicHeader",
                "topicHeader",
                "header.a",
                "kafka.consumer.auto.offset.reset",
                "kafka.consumer.ssl.disableTLSHostnameVerification",
                "kafka.consumer.security.protocol",
                "interceptors",
                "interceptors.i1.type",
                "selector.type",
                "type",
                "channels",
                "zookeeperConnect",
                "topic",
                "groupId",
                "migrateZookeeperOffsets",
                "maxBatchSize",
                "maxBatchDurationMillis",
                "kafka.consumer.timeout.ms",
                "kafka.auto.commit.enable",
                "kafka.zookeeper.connect",
                "kafka.group.id",
                "kafka.auto.offset.reset",
                "timestampHeader"
            })
    void isKnown(String name) {
        assertThat(SourceProperties.SET.read("x", Map.of(name, "1")).problems().warnings())
                .noneMatch(warning -> warning.contains(" is not known"));
    }
}
