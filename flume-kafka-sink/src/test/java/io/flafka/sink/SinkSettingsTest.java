// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.config.NamePatterns;
import io.flafka.config.Property;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import io.flafka.exactlyonce.DeliveryGuarantee;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

/** A sink's settings: the defaults, the effect of every property, and the errors of the configuration. */
class SinkSettingsTest {

    static final Map<String, String> MINIMAL = Map.of("kafka.bootstrap.servers", "a:1");

    /** Every declared property with a value that is not its default. */
    static final Map<String, String> ALL_PROPERTIES = Map.ofEntries(
            entry("metrics.kafka.include", "records-lag*"),
            entry("kafka.bootstrap.servers", "a:1,b:2"),
            entry("kafka.topic", "logs-%{host}"),
            entry("allowTopicOverride", "false"),
            entry("topicHeader", "target"),
            entry("allowedTopics", "a,b-.*"),
            entry("allowTopicOfOrigin", "true"),
            entry("keyHeader", "user"),
            entry("defaultKey", "nobody"),
            entry("flumeBatchSize", "20"),
            entry("maxInFlightBatches", "4"),
            entry("delivery.guarantee", "exactly-once"),
            entry("partitionIdHeader", "partition"),
            entry("defaultPartitionId", "3"),
            entry("timestampHeader", "timestamp"),
            entry("useFlumeEventFormat", "true"),
            entry("keepTombstones", "true"),
            entry("headers.include", "a*"),
            entry("headers.exclude", "ab"),
            entry("headers.charset", "ISO-8859-1"),
            entry("kafka.producer.transactional.id", "tx"),
            entry("kafka.producer.acks", "-1"),
            entry("kafka.producer.linger.ms", "20"),
            entry("kafka.producer.batch.size", "20000"),
            entry("errors.tolerance", "all"),
            entry("errors.deadletterqueue.topic.name", "dead"),
            entry("errors.deadletterqueue.producer.bootstrap.servers", "d:1"),
            entry("errors.deadletterqueue.topic.replication.factor", "1"),
            entry("errors.deadletterqueue.context.headers.enable", "false"),
            entry("errors.log.enable", "true"),
            entry("errors.log.include.messages", "true"),
            entry("kafka.producer.partitioner.class", "com.example.Own"),
            entry("kafka.client.ssl.disableTLSHostnameVerification", "true"),
            entry("kafka.producer.ssl.disableTLSHostnameVerification", "true"));

    @Test
    void hasDefaultsOfStockExceptAcks() {
        SinkSettings settings = SinkSettings.from("k1", MINIMAL);

        assertThat(settings.topic()).isEqualTo("default-flume-topic");
        assertThat(settings.topicHeader().map(TopicHeader::name)).contains("topic");
        assertThat(settings.key()).isEqualTo(new RecordKey("key", Optional.empty()));
        assertThat(settings.batchSize()).isEmpty();
        assertThat(settings.maxInFlightBatches()).isEqualTo(1);
        assertThat(settings.guarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
        assertThat(settings.partitionHeader()).isEmpty();
        assertThat(settings.defaultPartition()).isEmpty();
        assertThat(settings.timestampHeader()).isEmpty();
        assertThat(settings.codec()).isInstanceOf(RawEventCodec.class);
        assertThat(settings.mappedHeaders().kafkaHeaderByFlumeHeader()).isEmpty();
        assertThat(settings.tolerance()).isInstanceOf(ErrorTolerance.None.class);
        assertThat(settings.producer().properties())
                .containsOnly(
                        entry("acks", "all"),
                        entry("linger.ms", "1"),
                        entry("batch.size", "131072"),
                        entry("bootstrap.servers", "a:1"),
                        entry("client.id", "flafka-agent-k1"),
                        entry("key.serializer", "org.apache.kafka.common.serialization.StringSerializer"),
                        entry("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer"));
    }

    @Test
    void doesNotLingerByDefaultWithSeveralBatchesInFlight() {
        Map<String, String> parameters =
                new HashMap<>(Map.of("kafka.bootstrap.servers", "a:1", "kafka.topic", "t", "maxInFlightBatches", "4"));

        assertThat(SinkSettings.from("k1", parameters).producer().properties()).containsEntry("linger.ms", "0");
        parameters.put("kafka.producer.linger.ms", "5");
        assertThat(SinkSettings.from("k1", parameters).producer().properties()).containsEntry("linger.ms", "5");
    }

    @Test
    void everyPropertyTakesEffect() {
        assertThat(ALL_PROPERTIES).containsOnlyKeys(declared());
        SinkProperties.SET
                .properties()
                .forEach(property -> assertThat(property.defaultText())
                        .as(property.name())
                        .isNotEqualTo(Optional.of(ALL_PROPERTIES.getOrDefault(property.name(), ""))));

        SinkSettings settings = SinkSettings.from("k1", ALL_PROPERTIES);

        assertThat(settings.kafkaMetrics()).isEqualTo(NamePatterns.of("records-lag*"));
        assertThat(settings.topic()).isEqualTo("logs-%{host}");
        assertThat(settings.topicHeader()).isEmpty();
        assertThat(settings.key()).isEqualTo(new RecordKey("user", Optional.of("nobody")));
        assertThat(settings.batchSize()).hasValue(20);
        assertThat(settings.maxInFlightBatches()).isEqualTo(4);
        assertThat(settings.guarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
        assertThat(settings.partitionHeader()).contains("partition");
        assertThat(settings.defaultPartition()).hasValue(3);
        assertThat(settings.timestampHeader()).contains("timestamp");
        assertThat(settings.codec()).hasToString("TombstoneCodec[codec=avro]");
        assertThat(settings.selectedHeaders())
                .isEqualTo(new HeaderSelection(NamePatterns.of("a*"), NamePatterns.of("ab"), ISO_8859_1));
        assertThat(settings.tolerance()).isInstanceOfSatisfying(ErrorTolerance.AllToOtherCluster.class, all -> {
            assertThat(all.letters().topic()).isEqualTo("dead");
            assertThat(all.letters().replicationFactor()).isEqualTo((short) 1);
            assertThat(all.letters().context()).isEmpty();
        });
        assertThat(settings.producer().properties())
                .contains(
                        entry("acks", "-1"),
                        entry("transactional.id", "tx"),
                        entry("linger.ms", "20"),
                        entry("batch.size", "20000"),
                        entry("bootstrap.servers", "a:1,b:2"),
                        entry("partitioner.class", "com.example.Own"),
                        entry("ssl.endpoint.identification.algorithm", ""));
    }

    @Test
    void readsWhichTopicsHeaderMayName() {
        Map<String, String> back = Map.of("target", "a", "kafka.origin.topic", "a");
        Map<String, String> parameters = new LinkedHashMap<>(MINIMAL);
        parameters.put("kafka.topic", "t");
        parameters.put("topicHeader", "target");
        parameters.put("allowedTopics", " a , b-.* ");

        TopicRoute route = route(parameters);
        assertThat(route.topicOf(Map.of("target", "a"))).isEqualTo("a");
        assertThat(route.topicOf(Map.of("target", "b-1"))).isEqualTo("b-1");
        assertThat(route.topicOf(Map.of("target", "ab-1"))).isEqualTo("t");
        assertThat(route.topicOf(back)).isEqualTo("t");

        parameters.put("allowTopicOfOrigin", "true");
        assertThat(route(parameters).topicOf(back)).isEqualTo("a");
    }

    @Test
    void readsHeaderMapping() {
        assertThat(SinkSettings.from("k1", with("headers.constant.site.name", "bern"))
                        .constantHeaders())
                .isEqualTo(ConstantHeaders.of(Map.of("site.name", "bern")));
        assertThat(SinkSettings.from("k1", with("header.flume", "kafka"))
                        .mappedHeaders()
                        .kafkaHeaderByFlumeHeader())
                .containsExactly(entry("flume", "kafka"));
    }

    @Test
    void rejectsSinkWithoutBrokers() {
        assertRejected(Map.of(), """
                Kafka sink k1: 1 problem in its configuration
                 - kafka.bootstrap.servers is missing: write the brokers as host:port, or several separated by commas""");
    }

    @Test
    void rejectsSeveralTopics() {
        assertRejected(with("kafka.topics", "a,b"), """
                Kafka sink k1: 1 problem in its configuration
                 - kafka.topics = 'a,b' must be a topic name (up to 249 characters: a-z, A-Z, 0-9, '.', '_' and '-'), or text with escapes such as %{header}""");
    }

    @Test
    void reportsAllErrorsAtOnceWithoutSecrets() {
        Map<String, String> parameters = new LinkedHashMap<>(MINIMAL);
        parameters.put("flumeBatchSize", "100");
        parameters.put("kafka.flumeBatchSize", "20");
        parameters.put("defaultPartitionId", "-1");
        parameters.put("kafka.producer.acks", "7");
        parameters.put("kafka.producer.linger.ms", "abc");
        parameters.put("kafka.producer.ssl.key.password", "hunter2");
        parameters.put("partitionHeader", "p");

        assertRejected(parameters, """
                Kafka sink k1: 4 problems in its configuration
                 - flumeBatchSize = '100' and kafka.flumeBatchSize = '20' disagree: keep one of them, as flumeBatchSize
                 - defaultPartitionId = '-1' must be an integer from 0 to 2147483647
                 - kafka.producer.acks = '7' must be one of all, -1, 0, 1
                 - kafka.producer.linger.ms = 'abc' must be an integer from 0
                Possible cause, otherwise harmless:
                 - partitionHeader is not known and has no effect; did you mean partitionIdHeader?""");
    }

    @Test
    void allowsFewerAcknowledgements() {
        assertThat(SinkSettings.from("k1", with("kafka.producer.acks", "1"))
                        .producer()
                        .properties())
                .containsEntry("acks", "1");
    }

    @Test
    void hidesSecretsOfProducer() {
        assertThat(SinkSettings.from("k1", with("kafka.producer.sasl.jaas.config", "hunter2"))
                        .toString())
                .contains("sasl.jaas.config=(hidden)")
                .doesNotContain("hunter2");
    }

    private static TopicRoute route(Map<String, String> parameters) {
        SinkSettings settings = SinkSettings.from("k1", parameters);
        return new TopicRoute("k1", settings.topic(), settings.topicHeader());
    }

    private static String[] declared() {
        return SinkProperties.SET.properties().stream().map(Property::name).toArray(String[]::new);
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> parameters = new LinkedHashMap<>(MINIMAL);
        parameters.put(name, value);
        return parameters;
    }

    private static void assertRejected(Map<String, String> parameters, String message) {
        assertThatThrownBy(() -> SinkSettings.from("k1", parameters))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
