// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.config.FormerName;
import io.flafka.config.Property;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.HeaderNames;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

/** A sink's settings: the defaults, every property, every former name, and what is refused in which words. */
class SinkSettingsTest {

    private static final Map<String, String> LEAST = Map.of("kafka.bootstrap.servers", "a:1");

    /** Every declared property with a value that is not its default. */
    private static final Map<String, String> EVERY = Map.ofEntries(
            entry("kafka.bootstrap.servers", "a:1,b:2"),
            entry("kafka.topic", "logs-%{host}"),
            entry("allowTopicOverride", "false"),
            entry("topicHeader", "target"),
            entry("allowedTopics", "a,b-.*"),
            entry("allowTopicOfOrigin", "true"),
            entry("keyHeader", "user"),
            entry("flumeBatchSize", "20"),
            entry("maxInFlightBatches", "4"),
            entry("partitionIdHeader", "partition"),
            entry("defaultPartitionId", "3"),
            entry("timestampHeader", "timestamp"),
            entry("useFlumeEventFormat", "true"),
            entry("headers.include", "a*"),
            entry("headers.exclude", "ab"),
            entry("headers.charset", "ISO-8859-1"),
            entry("kafka.producer.transactional.id", "tx"),
            entry("kafka.producer.acks", "-1"),
            entry("kafka.producer.linger.ms", "20"),
            entry("kafka.producer.batch.size", "20000"),
            entry("errors.tolerance", "all"),
            entry("errors.deadletterqueue.topic.name", "dead"),
            entry("errors.deadletterqueue.topic.replication.factor", "1"),
            entry("errors.deadletterqueue.context.headers.enable", "false"),
            entry("errors.log.enable", "true"),
            entry("errors.log.include.messages", "true"),
            entry("kafka.producer.partitioner.class", "com.example.Own"),
            entry("kafka.client.ssl.disableTLSHostnameVerification", "true"),
            entry("kafka.producer.ssl.disableTLSHostnameVerification", "true"));

    private static final Map<String, String> FORMER = Map.ofEntries(
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
    void defaultsAreThoseOfStockButForAcks() {
        SinkSettings settings = SinkSettings.from("k1", LEAST);

        assertThat(settings.topic()).isEqualTo("default-flume-topic");
        assertThat(settings.topicHeader().map(TopicHeader::header)).contains("topic");
        assertThat(settings.keyHeader()).isEqualTo("key");
        assertThat(settings.batchSize()).isEqualTo(100);
        assertThat(settings.maxInFlightBatches()).isEqualTo(1);
        assertThat(settings.partitionHeader()).isEmpty();
        assertThat(settings.defaultPartition()).isEmpty();
        assertThat(settings.timestampHeader()).isEmpty();
        assertThat(settings.codec()).isInstanceOf(RawEventCodec.class);
        assertThat(settings.headers().kafkaHeaderByFlumeHeader()).isEmpty();
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
    void batchesInFlightDoNotWaitForMoreRecordsUnlessTold() {
        Map<String, String> parameters =
                new HashMap<>(Map.of("kafka.bootstrap.servers", "a:1", "kafka.topic", "t", "maxInFlightBatches", "4"));

        assertThat(SinkSettings.from("k1", parameters).producer().properties()).containsEntry("linger.ms", "0");
        parameters.put("kafka.producer.linger.ms", "5");
        assertThat(SinkSettings.from("k1", parameters).producer().properties()).containsEntry("linger.ms", "5");
    }

    @Test
    void everyPropertyTakesEffect() {
        assertThat(EVERY).containsOnlyKeys(declared());
        SinkProperties.SET
                .properties()
                .forEach(property -> assertThat(property.defaultText())
                        .as(property.name())
                        .isNotEqualTo(Optional.of(EVERY.getOrDefault(property.name(), ""))));

        SinkSettings settings = SinkSettings.from("k1", EVERY);

        assertThat(settings.topic()).isEqualTo("logs-%{host}");
        assertThat(settings.topicHeader()).isEmpty();
        assertThat(settings.keyHeader()).isEqualTo("user");
        assertThat(settings.batchSize()).isEqualTo(20);
        assertThat(settings.maxInFlightBatches()).isEqualTo(4);
        assertThat(settings.partitionHeader()).contains("partition");
        assertThat(settings.defaultPartition()).hasValue(3);
        assertThat(settings.timestampHeader()).contains("timestamp");
        assertThat(settings.codec()).isInstanceOf(AvroEventCodec.class);
        assertThat(settings.selectedHeaders())
                .isEqualTo(new HeaderSelection(HeaderNames.of("a*"), HeaderNames.of("ab"), ISO_8859_1));
        assertThat(settings.tolerance()).isInstanceOfSatisfying(ErrorTolerance.AllToTopic.class, all -> {
            assertThat(all.topic()).isEqualTo("dead");
            assertThat(all.replicationFactor()).isEqualTo((short) 1);
            assertThat(all.context()).isEmpty();
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
    void aTopicInAHeaderIsFollowedAsFarAsAllowed() {
        Map<String, String> back = Map.of("target", "a", "kafka.origin.topic", "a");
        Map<String, String> parameters = new LinkedHashMap<>(LEAST);
        parameters.put("topicHeader", "target");
        parameters.put("allowedTopics", " a , b-.* ");

        TopicHeader header = SinkSettings.from("k1", parameters).topicHeader().orElseThrow();
        assertThat(header.topicOf(Map.of("target", "a"))).isEqualTo("a");
        assertThat(header.topicOf(Map.of("target", "b-1"))).isEqualTo("b-1");
        assertThat(header.topicOf(Map.of("target", "ab-1"))).isNull();
        assertThat(header.topicOf(back)).isNull();

        parameters.put("allowTopicOfOrigin", "true");
        assertThat(SinkSettings.from("k1", parameters)
                        .topicHeader()
                        .orElseThrow()
                        .topicOf(back))
                .isEqualTo("a");
    }

    @Test
    void everyFormerNameMeansItsSuccessor() {
        Map<String, String> declared = new HashMap<>();
        for (Property<?> property : SinkProperties.SET.properties()) {
            for (FormerName former : property.formerNames()) {
                declared.put(former.name(), property.name());
                String value = EVERY.getOrDefault(property.name(), "");
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
        assertThat(declared).isEqualTo(FORMER);
    }

    @Test
    void readsAnAgentFileOfFlume16() {
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
        assertThat(settings.batchSize()).isEqualTo(20);
        assertThat(settings.producer().properties())
                .contains(entry("acks", "1"), entry("bootstrap.servers", "localhost:9092"));
        assertThat(SinkProperties.SET.read("k1", parameters).problems().warnings())
                .containsExactly(
                        "brokerList is a former name: write kafka.bootstrap.servers",
                        "topic is a former name: write kafka.topic",
                        "batchSize is a former name: write flumeBatchSize",
                        "requiredAcks is a former name: write kafka.producer.acks",
                        "kafka.serializer.class has no effect:"
                                + " write kafka.producer.value.serializer, for a class of Kafka's today");
    }

    @Test
    void minusOneIsAnotherWordForAll() {
        Map<String, String> parameters = new LinkedHashMap<>(LEAST);
        parameters.put("kafka.producer.acks", "all");
        parameters.put("requiredAcks", "-1");

        assertThat(SinkSettings.from("k1", parameters).producer().properties()).containsEntry("acks", "all");
    }

    @Test
    void mapsHeaders() {
        assertThat(SinkSettings.from("k1", with("header.flume", "kafka"))
                        .headers()
                        .kafkaHeaderByFlumeHeader())
                .containsExactly(entry("flume", "kafka"));
    }

    @Test
    void refusesASinkWithoutBrokers() {
        assertRefused(Map.of(), """
                Kafka sink k1: 1 problem in its configuration
                 - kafka.bootstrap.servers is missing: write the brokers as host:port, or several separated by commas""");
    }

    @Test
    void refusesSeveralTopics() {
        assertRefused(with("kafka.topics", "a,b"), """
                Kafka sink k1: 1 problem in its configuration
                 - kafka.topics = 'a,b' must be a topic name (up to 249 characters: a-z, A-Z, 0-9, '.', '_' and '-'), or a text with escapes such as %{header}""");
    }

    @Test
    void refusesEverythingThatIsWrongAtOnceAndShowsNoSecret() {
        Map<String, String> parameters = new LinkedHashMap<>(LEAST);
        parameters.put("flumeBatchSize", "100");
        parameters.put("kafka.flumeBatchSize", "20");
        parameters.put("defaultPartitionId", "-1");
        parameters.put("kafka.producer.acks", "7");
        parameters.put("kafka.producer.linger.ms", "abc");
        parameters.put("kafka.producer.ssl.key.password", "hunter2");
        parameters.put("partitionHeader", "p");

        assertRefused(parameters, """
                Kafka sink k1: 4 problems in its configuration
                 - flumeBatchSize = '100' and kafka.flumeBatchSize = '20' disagree: keep one of them, as flumeBatchSize
                 - defaultPartitionId = '-1' must be an integer from 0 to 2147483647
                 - kafka.producer.acks = '7' must be one of all, -1, 0, 1
                 - kafka.producer.linger.ms = 'abc' must be an integer from 0
                Possible cause, otherwise harmless:
                 - partitionHeader is not known and has no effect; did you mean partitionIdHeader?""");
    }

    @Test
    void fewerAcknowledgementsAreTheAgentFilesChoice() {
        assertThat(SinkSettings.from("k1", with("kafka.producer.acks", "1"))
                        .producer()
                        .properties())
                .containsEntry("acks", "1");
    }

    @Test
    void showsNoSecretOfTheProducer() {
        assertThat(SinkSettings.from("k1", with("kafka.producer.sasl.jaas.config", "hunter2"))
                        .toString())
                .contains("sasl.jaas.config=(hidden)")
                .doesNotContain("hunter2");
    }

    private static String[] declared() {
        return SinkProperties.SET.properties().stream().map(Property::name).toArray(String[]::new);
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> parameters = new LinkedHashMap<>(LEAST);
        parameters.put(name, value);
        return parameters;
    }

    private static void assertRefused(Map<String, String> parameters, String message) {
        assertThatThrownBy(() -> SinkSettings.from("k1", parameters))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
