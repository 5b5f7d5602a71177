// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.config.FormerName;
import io.flafka.config.NamePatterns;
import io.flafka.config.Property;
import io.flafka.event.RawEventCodec;
import io.flafka.testing.LogLines;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests a source's settings: the defaults, every property, every former name, and the error messages. */
class SourceSettingsTest {

    private static final Map<String, String> REQUIRED = Map.of("kafka.bootstrap.servers", "a:1", "kafka.topics", "t");

    /** A value for every declared property, different from its default. */
    private static final Map<String, String> EVERY = Map.ofEntries(
            entry("metrics.kafka.include", "records-lag*"),
            entry("kafka.bootstrap.servers", "a:1,b:2"),
            entry("kafka.topics", "t1,t2"),
            entry("kafka.topics.regex", "t.*"),
            entry("kafka.consumer.group.id", "g"),
            entry("kafka.consumer.auto.offset.reset", "none"),
            entry("kafka.startFrom", "earliest"),
            entry("kafka.stopAt", "timestamp:0"),
            entry("batchSize", "5000"),
            entry("delivery.guarantee", "exactly-once"),
            entry("minBatchSize", "10"),
            entry("batchDurationMillis", "2000"),
            entry("backoffSleepIncrement", "1"),
            entry("maxBackoffSleep", "2"),
            entry("useFlumeEventFormat", "true"),
            entry("keepTombstones", "true"),
            entry("setTopicHeader", "false"),
            entry("topicHeader", "origin"),
            entry("headers.include", "a*"),
            entry("headers.exclude", "ab"),
            entry("headers.charset", "ISO-8859-1"),
            entry("kafka.client.ssl.disableTLSHostnameVerification", "true"),
            entry("kafka.consumer.ssl.disableTLSHostnameVerification", "true"),
            entry("kafka.producer.ssl.disableTLSHostnameVerification", "true"),
            entry("errors.tolerance", "all"),
            entry("errors.deadletterqueue.topic.name", "dead"),
            entry("errors.deadletterqueue.producer.bootstrap.servers", "d:1"),
            entry("errors.deadletterqueue.topic.replication.factor", "1"),
            entry("errors.deadletterqueue.context.headers.enable", "false"),
            entry("errors.log.enable", "true"),
            entry("errors.log.include.messages", "true"),
            entry("zookeeperConnect", "zk:2181"),
            entry("migrateZookeeperOffsets", "false"));

    private static final Map<String, String> FORMER = Map.ofEntries(
            entry("brokerList", "kafka.bootstrap.servers"),
            entry("metadata.broker.list", "kafka.bootstrap.servers"),
            entry("kafka.metadata.broker.list", "kafka.bootstrap.servers"),
            entry("topic", "kafka.topics"),
            entry("kafka.topic", "kafka.topics"),
            entry("groupId", "kafka.consumer.group.id"),
            entry("kafka.group.id", "kafka.consumer.group.id"),
            entry("kafka.auto.offset.reset", "kafka.consumer.auto.offset.reset"),
            entry("maxBatchSize", "batchSize"),
            entry("maxBatchDurationMillis", "batchDurationMillis"),
            entry("ssl.disableTLSHostnameVerification", "kafka.client.ssl.disableTLSHostnameVerification"),
            entry("kafka.zookeeper.connect", "zookeeperConnect"));

    @Test
    void defaultsAreThoseOfStock() {
        SourceSettings settings = SourceSettings.from("r1", REQUIRED);

        assertThat(settings.topics()).isEqualTo(new TopicSubscription.Listed(List.of("t")));
        assertThat(settings.batch()).isEqualTo(new BatchBounds(1000, 1, Duration.ofSeconds(1)));
        assertThat(settings.backoffSleepIncrement()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.maxBackoffSleep()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.codec()).isInstanceOf(RawEventCodec.class);
        assertThat(settings.topicHeader()).contains("topic");
        assertThat(settings.headers().kafkaHeaderByFlumeHeader()).isEmpty();
        assertThat(settings.bodySharing()).isEqualTo(BodySharing.SHARED);
        assertThat(settings.errors()).isEqualTo(new ErrorTolerance.None());
        assertThat(settings.consumer().properties())
                .containsOnly(
                        entry("bootstrap.servers", "a:1"),
                        entry("client.id", "flafka-agent-r1"),
                        entry("enable.auto.commit", "false"),
                        entry("group.id", "flume"),
                        entry("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer"),
                        entry("max.poll.records", 1000),
                        entry("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer"));
    }

    @Test
    void everyPropertyTakesEffect() {
        assertThat(EVERY).containsOnlyKeys(declared());
        SourceProperties.SET
                .properties()
                .forEach(property -> assertThat(property.defaultText())
                        .as(property.name())
                        .isNotEqualTo(Optional.of(EVERY.getOrDefault(property.name(), ""))));

        SourceSettings settings = SourceSettings.from("r1", EVERY);

        assertThat(settings.kafkaMetrics()).isEqualTo(NamePatterns.of("records-lag*"));
        assertThat(settings.topics()).hasToString("topics matching t.*");
        assertThat(settings.batch()).isEqualTo(new BatchBounds(5000, 10, Duration.ofSeconds(2)));
        assertThat(settings.backoffSleepIncrement()).isEqualTo(Duration.ofMillis(1));
        assertThat(settings.maxBackoffSleep()).isEqualTo(Duration.ofMillis(2));
        assertThat(settings.range().startText()).contains("kafka.startFrom = earliest");
        assertThat(settings.range().stopText()).contains("kafka.stopAt = timestamp:1970-01-01T00:00:00Z");
        assertThat(settings.codec()).hasToString("TombstoneCodec[codec=avro]");
        assertThat(settings.topicHeader()).isEmpty();
        assertThat(settings.errors()).isInstanceOf(ErrorTolerance.AllToOtherCluster.class);
        assertThat(settings.consumer().properties())
                .contains(
                        entry("bootstrap.servers", "a:1,b:2"),
                        entry("group.id", "g"),
                        entry("auto.offset.reset", "none"),
                        entry("ssl.endpoint.identification.algorithm", ""));
        assertThat(SourceSettings.from("r1", with("topicHeader", "origin")).topicHeader())
                .contains("origin");
    }

    @Test
    void everyFormerNameMeansItsSuccessor() {
        Map<String, String> declared = new HashMap<>();
        for (Property<?> property : SourceProperties.SET.properties()) {
            for (FormerName former : property.formerNames()) {
                declared.put(former.name(), property.name());
                String value = EVERY.getOrDefault(property.name(), "");
                assertThat(SourceProperties.SET
                                .read("r1", Map.of(former.name(), value))
                                .find(property))
                        .as(former.name())
                        .isPresent()
                        .isEqualTo(SourceProperties.SET
                                .read("r1", Map.of(property.name(), value))
                                .find(property));
            }
        }
        assertThat(declared).isEqualTo(FORMER);
    }

    @Test
    void mapsHeadersAndDoesNotChangeTheParameters() {
        Map<String, String> parameters = new LinkedHashMap<>(REQUIRED);
        parameters.put("header.flume", "kafka");
        parameters.put("interceptors", "i1");
        parameters.put("interceptors.i1.type", "host");
        parameters.put("selector.type", "replicating");
        Map<String, String> before = Map.copyOf(parameters);

        SourceSettings settings = SourceSettings.from("r1", parameters);

        assertThat(settings.headers().kafkaHeaderByFlumeHeader()).containsExactly(entry("flume", "kafka"));
        assertThat(parameters).isEqualTo(before);
        assertThat(SourceProperties.SET.read("r1", parameters).problems().warnings())
                .isEmpty();
    }

    @Test
    void copiesBodiesIfThereAreInterceptors() {
        assertThat(SourceSettings.from("r1", with("interceptors", "i1")).bodySharing())
                .isEqualTo(BodySharing.COPIED);
    }

    @Test
    void flumesPauseIsAtMostHalfOfMaxPollInterval() {
        assertThat(SourceSettings.from("r1", with("kafka.consumer.max.poll.interval.ms", "6000"))
                        .maxBackoffSleep())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aPatternOverridesTheListOfTopics() {
        assertThat(SourceSettings.from("r1", with("kafka.topics.regex", "t.*")).topics())
                .hasToString("topics matching t.*");
    }

    @Test
    void warnsOfAMisspelledPropertyWithoutAnError() {
        SourceSettings settings = SourceSettings.from("r1", with("batchsize", "5"));

        assertThat(settings.batch().maxSize()).isEqualTo(1000);
        assertThat(SourceProperties.SET
                        .read("r1", with("batchsize", "5"))
                        .problems()
                        .warnings())
                .containsExactly("batchsize is not known and has no effect; did you mean batchSize?");
    }

    @Test
    void warnsOfProducerPropertiesWithoutADeadLetterTopic() {
        Map<String, String> parameters = with("kafka.producer.linger.ms", "5");
        parameters.put("kafka.producer.acks", "all");

        try (LogLines log = new LogLines(SourceSettings.class)) {
            SourceSettings.from("r1", parameters);
            parameters.put("errors.tolerance", "all");
            parameters.put("errors.deadletterqueue.topic.name", "dead");
            SourceSettings.from("r1", parameters);

            assertThat(log.lines())
                    .containsExactly(
                            "WARN Kafka source r1: kafka.producer.acks, kafka.producer.linger.ms: no effect without"
                                    + " errors.tolerance=all and errors.deadletterqueue.topic.name; a source writes only to that topic");
        }
    }

    @Test
    void toStringHidesTheConsumersSecrets() {
        assertThat(SourceSettings.from("r1", with("kafka.consumer.ssl.key.password", "hunter2"))
                        .toString())
                .contains("ssl.key.password=(hidden)")
                .doesNotContain("hunter2");
    }

    private static String[] declared() {
        return SourceProperties.SET.properties().stream().map(Property::name).toArray(String[]::new);
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> parameters = new LinkedHashMap<>(REQUIRED);
        parameters.put(name, value);
        return parameters;
    }
}
