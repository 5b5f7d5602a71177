// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.config.PropertySet;
import io.flafka.config.PropertyValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** The settings of the client that writes dead letters, in the cluster of the component and in another. */
class DeadLetterClientTest {

    private static final PropertySet SET = new PropertySet(
            "Kafka tester",
            ErrorProperties.appendedTo(List.of(
                    ClientProperties.BROKERS,
                    ClientProperties.NO_HOSTNAME_CHECK_SHARED,
                    ClientProperties.NO_HOSTNAME_CHECK_CONSUMER)),
            List.of(
                    ClientProperties.CONSUMER,
                    ClientProperties.PRODUCER,
                    ClientProperties.DEAD_LETTERS,
                    ClientProperties.shared(ConsumerConfig.configDef(), ProducerConfig.configDef())),
            List.of(),
            List.of());

    private final Map<String, String> parameters = new LinkedHashMap<>(Map.of("kafka.bootstrap.servers", "a:1"));

    @Test
    void theProducerTakesTheConsumersSecuritySettingsAndHasItsOwnDeliverySettings() {
        parameters.put("errors.tolerance", "all");
        parameters.put("errors.deadletterqueue.topic.name", "dead");
        parameters.put("kafka.consumer.security.protocol", "SASL_PLAINTEXT");
        parameters.put("kafka.consumer.sasl.mechanism", "PLAIN");
        parameters.put("kafka.consumer.group.id", "g");
        parameters.put("kafka.producer.compression.type", "zstd");
        parameters.put("kafka.producer.acks", "1");
        parameters.put("kafka.producer.max.in.flight.requests.per.connection", "10");
        parameters.put("kafka.producer.interceptor.classes", "com.example.Changing");
        parameters.put("kafka.producer.buffer.memory", "1000000");

        assertThat(tolerance(values()))
                .isInstanceOfSatisfying(
                        ErrorTolerance.AllToTopic.class,
                        all -> assertThat(all.producer().properties())
                                .contains(
                                        Map.entry("security.protocol", "SASL_PLAINTEXT"),
                                        Map.entry("sasl.mechanism", "PLAIN"),
                                        Map.entry("compression.type", "zstd"),
                                        Map.entry("acks", "all"),
                                        Map.entry("max.request.size", "1000000"))
                                .hasEntrySatisfying(
                                        "client.id",
                                        id -> assertThat(id.toString()).endsWith("-t1-Tester-deadletter"))
                                .doesNotContainKeys(
                                        "group.id",
                                        "interceptor.classes",
                                        "transactional.id",
                                        "enable.idempotence",
                                        "max.in.flight.requests.per.connection"));
    }

    @Test
    void theProducerHasItsOwnClientIdEvenIfTheAgentFileSetsOne() {
        parameters.put("errors.tolerance", "all");
        parameters.put("errors.deadletterqueue.topic.name", "dead");
        parameters.put("kafka.producer.client.id", "mine");

        assertThat(tolerance(values()))
                .isInstanceOfSatisfying(
                        ErrorTolerance.AllToTopic.class,
                        all -> assertThat(all.producer().clientId()).isEqualTo("mine-deadletter"));
    }

    @Test
    void theProducersOwnSettingsOverrideInheritedOnes() {
        parameters.put("errors.tolerance", "all");
        parameters.put("errors.deadletterqueue.topic.name", "dead");
        parameters.put("kafka.producer.compression.type", "zstd");
        parameters.put("kafka.producer.linger.ms", "7");
        parameters.put("errors.deadletterqueue.producer.compression.type", "lz4");
        parameters.put("errors.deadletterqueue.producer.enable.idempotence", "false");
        parameters.put("errors.deadletterqueue.producer.acks", "1");
        PropertyValues values = values();

        assertThat(tolerance(values))
                .isInstanceOfSatisfying(
                        ErrorTolerance.AllToTopic.class,
                        all -> assertThat(all.producer().properties())
                                .contains(
                                        Map.entry("bootstrap.servers", "a:1"),
                                        Map.entry("compression.type", "lz4"),
                                        Map.entry("enable.idempotence", "false"),
                                        Map.entry("acks", "all"),
                                        Map.entry("linger.ms", "0")));
        assertThat(values.problems().warnings())
                .containsExactly(
                        "errors.deadletterqueue.producer.acks has no effect: each dead letter is written unchanged, by itself,"
                                + " and to all in-sync replicas; remove it");
    }

    /** A password for one cluster must not reach another. */
    @Test
    void ofAnotherClusterTheProducerHasOnlyItsOwnSettings() {
        parameters.put("errors.tolerance", "all");
        parameters.put("errors.deadletterqueue.topic.name", "own");
        parameters.put("kafka.client.security.protocol", "SASL_SSL");
        parameters.put("kafka.client.sasl.jaas.config", "secret");
        parameters.put("kafka.producer.compression.type", "zstd");
        parameters.put("errors.deadletterqueue.producer.bootstrap.servers", "b:1, b:2");
        parameters.put("errors.deadletterqueue.producer.security.protocol", "SSL");
        parameters.put("errors.deadletterqueue.producer.ssl.truststore.location", "/none");
        PropertyValues values = values();

        assertThat(tolerance(values))
                .isInstanceOfSatisfying(
                        ErrorTolerance.AllToOtherCluster.class,
                        all -> assertThat(all.letters().producer().properties())
                                .containsOnly(
                                        Map.entry("bootstrap.servers", "b:1,b:2"),
                                        Map.entry("security.protocol", "SSL"),
                                        Map.entry("ssl.truststore.location", "/none"),
                                        Map.entry("client.id", "flafka-agent-t1-Tester-deadletter"),
                                        Map.entry("acks", "all"),
                                        Map.entry("linger.ms", "0"),
                                        Map.entry("max.block.ms", "5000"),
                                        Map.entry("max.request.size", "33554432")));
        assertThat(values.problems().errors()).isEmpty();
        assertThat(values.problems().warnings())
                .containsExactly(
                        "errors.deadletterqueue.producer.ssl.truststore.location = '/none' is not a readable file on this host");
    }

    /** For another login, for example. */
    @Test
    void withTheBrokersOfTheComponentItIsTheSameCluster() {
        parameters.put("errors.tolerance", "all");
        parameters.put("errors.deadletterqueue.topic.name", "own");
        parameters.put("kafka.producer.compression.type", "zstd");
        parameters.put("kafka.client.security.protocol", "SSL");
        parameters.put("kafka.client.ssl.truststore.location", "/none");
        parameters.put("kafka.client.ssl.truststore.password", "secret");
        parameters.put("errors.deadletterqueue.producer.bootstrap.servers", "a:1");
        parameters.put("errors.deadletterqueue.producer.ssl.truststore.certificates", "PEM");
        PropertyValues values = values();

        assertThat(tolerance(values))
                .isInstanceOfSatisfying(
                        ErrorTolerance.AllToTopic.class,
                        all -> assertThat(all.producer().properties())
                                .contains(
                                        Map.entry("compression.type", "zstd"),
                                        Map.entry("ssl.truststore.certificates", "PEM"))
                                .doesNotContainKeys("ssl.truststore.location", "ssl.truststore.password"));
        assertThat(values.problems().errors())
                .containsExactly(
                        "errors.deadletterqueue.topic.name = 'own' must be a topic that this component does not use otherwise");
    }

    @Test
    void settingsOfTheProducerHaveNoEffectWithoutDeadLetters() {
        parameters.put("errors.deadletterqueue.producer.bootstrap.servers", "b:1");
        PropertyValues none = values();
        tolerance(none);
        parameters.put("errors.tolerance", "all");
        PropertyValues dropped = values();
        tolerance(dropped);

        assertThat(none.problems().warnings())
                .containsExactly(
                        "errors.deadletterqueue.producer.* has no effect without errors.deadletterqueue.topic.name");
        assertThat(dropped.problems().warnings())
                .contains("errors.deadletterqueue.producer.* has no effect without errors.deadletterqueue.topic.name");
    }

    @Test
    void anUnknownPropertyOfTheProducerIsNamed() {
        parameters.put("errors.tolerance", "all");
        parameters.put("errors.deadletterqueue.topic.name", "dead");
        parameters.put("errors.deadletterqueue.producer.boostrap.servers", "b:1");

        assertThat(values().problems().warnings())
                .singleElement()
                .asString()
                .contains("did you mean errors.deadletterqueue.producer.bootstrap.servers?");
    }

    private ErrorTolerance tolerance(PropertyValues values) {
        return ErrorTolerance.from(values, ClientSettingsBuilder.of(values), "Tester", "t1", "own"::equals);
    }

    private PropertyValues values() {
        return SET.read("t1", parameters);
    }
}
