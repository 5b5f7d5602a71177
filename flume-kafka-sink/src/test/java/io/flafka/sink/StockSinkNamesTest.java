// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The property names of stock's sink in Flume 1.6 to 1.11: those it read, those it passed on to Kafka 0.8, and the misprints of the User Guide. */
class StockSinkNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.bootstrap.servers",
                "kafka.topic",
                "flumeBatchSize",
                "allowTopicOverride",
                "topicHeader",
                "partitionIdHeader",
                "defaultPartitionId",
                "timestampHeader",
                "header.a",
                "useFlumeEventFormat",
                "kafka.producer.acks",
                "kafka.producer.linger.ms",
                "kafka.producer.ssl.disableTLSHostnameVerification",
                "kafka.producer.security.protocol",
                "type",
                "channel",
                "brokerList",
                "topic",
                "batchSize",
                "requiredAcks",
                "serializer.class",
                "key.serializer.class",
                "kafka.serializer.class",
                "kafka.key.serializer.class",
                "kafka.metadata.broker.list",
                "kafka.request.required.acks",
                "kafka.producer.type",
                "kafka.flumeBatchSize",
                "kafka.partitioner.class"
            })
    void isKnown(String name) {
        assertThat(SinkProperties.SET.read("x", Map.of(name, "1")).problems().warnings())
                .noneMatch(warning -> warning.contains(" is not known"));
    }
}
