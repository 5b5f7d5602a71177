// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.config.FormerName;
import io.flafka.config.Property;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The former names of a sink's properties, and agent files of older Flume versions. */
class SinkFormerNamesTest {

    /** The current name of each former name. */
    private static final Map<String, String> CURRENT_NAMES = Map.ofEntries(
            entry("brokerList", "kafka.bootstrap.servers"),
            entry("metadata.broker.list", "kafka.bootstrap.servers"),
            entry("kafka.metadata.broker.list", "kafka.bootstrap.servers"),
            entry("topic", "kafka.topic"),
            entry("kafka.topics", "kafka.topic"),
            entry("batchSize", "flumeBatchSize"),
            entry("kafka.flumeBatchSize", "flumeBatchSize"),
            entry("kafka.batchSize", "flumeBatchSize"),
            entry("requiredAcks", "kafka.producer.acks"),
            entry("kafka.request.required.acks", "kafka.producer.acks"),
            entry("kafka.partitioner.class", "kafka.producer.partitioner.class"),
            entry("ssl.disableTLSHostnameVerification", "kafka.client.ssl.disableTLSHostnameVerification"));

    @Test
    void everyFormerNameHasEffectOfCurrentName() {
        Map<String, String> declared = new HashMap<>();
        for (Property<?> property : SinkProperties.SET.properties()) {
            for (FormerName former : property.formerNames()) {
                declared.put(former.name(), property.name());
                String value = SinkSettingsTest.ALL_PROPERTIES.getOrDefault(property.name(), "");
                assertThat(SinkProperties.SET
                                .read("k1", Map.of(former.name(), value))
                                .find(property))
                        .as(former.name())
                        .isPresent()
                        .isEqualTo(SinkProperties.SET
                                .read("k1", Map.of(property.name(), value))
                                .find(property));
            }
        }
        assertThat(declared).isEqualTo(CURRENT_NAMES);
    }

    @Test
    void readsAgentFileOfFlume16() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("type", "org.apache.flume.sink.kafka.KafkaSink");
        parameters.put("channel", "c1");
        parameters.put("brokerList", "localhost:9092");
        parameters.put("topic", "mytopic");
        parameters.put("requiredAcks", "1");
        parameters.put("batchSize", "20");
        parameters.put("kafka.serializer.class", "kafka.serializer.StringEncoder");

        SinkSettings settings = SinkSettings.from("k1", parameters);

        assertThat(settings.topic()).isEqualTo("mytopic");
        assertThat(settings.batchSize()).hasValue(20);
        assertThat(settings.producer().properties())
                .contains(entry("acks", "1"), entry("bootstrap.servers", "localhost:9092"));
        assertThat(SinkProperties.SET.read("k1", parameters).problems().warnings())
                .containsExactly(
                        "brokerList is a former name: write kafka.bootstrap.servers",
                        "topic is a former name: write kafka.topic",
                        "batchSize is a former name: write flumeBatchSize",
                        "requiredAcks is a former name: write kafka.producer.acks",
                        "kafka.serializer.class has no effect:"
                                + " write kafka.producer.value.serializer, with a serializer class of the current Kafka");
    }

    @Test
    void minusOneAndAllAreSameAcks() {
        Map<String, String> parameters = new LinkedHashMap<>(SinkSettingsTest.MINIMAL);
        parameters.put("kafka.producer.acks", "all");
        parameters.put("requiredAcks", "-1");

        assertThat(SinkSettings.from("k1", parameters).producer().properties()).containsEntry("acks", "all");
    }
}
