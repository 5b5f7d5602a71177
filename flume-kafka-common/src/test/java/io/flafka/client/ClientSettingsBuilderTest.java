// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.AgentName;
import io.flafka.config.PropertySet;
import io.flafka.config.PropertyValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.conf.ConfigurationException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** Builds the settings of a component's Kafka clients, and rejects what would break them. */
class ClientSettingsBuilderTest {

    private static final PropertySet SET = new PropertySet(
            "Kafka tester",
            List.of(
                    ClientProperties.BROKERS,
                    ClientProperties.ZOOKEEPER,
                    ClientProperties.GROUP_ID,
                    ClientProperties.OFFSET_RESET,
                    ClientProperties.ACKS,
                    ClientProperties.NO_HOSTNAME_CHECK_SHARED,
                    ClientProperties.NO_HOSTNAME_CHECK_CONSUMER,
                    ClientProperties.NO_HOSTNAME_CHECK_PRODUCER),
            List.of(
                    ClientProperties.CONSUMER,
                    ClientProperties.PRODUCER,
                    ClientProperties.shared(ConsumerConfig.configDef(), ProducerConfig.configDef())),
            List.of(),
            List.of());
    private static final String SERIALIZATION = "org.apache.kafka.common.serialization.";

    private SmallHeapDefaults heap = new SmallHeapDefaults(SmallHeapDefaults.NORMAL);
    private final Map<String, String> parameters = new LinkedHashMap<>(Map.of("kafka.bootstrap.servers", "a:1, b:2"));

    @Test
    void consumerHasDefaults() {
        assertThat(consumer())
                .containsOnly(
                        entry("bootstrap.servers", "a:1,b:2"),
                        entry("client.id", "flafka-a1-t1"),
                        entry("enable.auto.commit", "false"),
                        entry("group.id", "flume"),
                        entry("key.deserializer", SERIALIZATION + "StringDeserializer"),
                        entry("value.deserializer", SERIALIZATION + "ByteArrayDeserializer"));
    }

    @Test
    void producerHasDefaults() {
        assertThat(producer())
                .containsOnly(
                        entry("bootstrap.servers", "a:1,b:2"),
                        entry("client.id", "flafka-a1-t1"),
                        entry("acks", "all"),
                        entry("key.serializer", SERIALIZATION + "StringSerializer"),
                        entry("value.serializer", SERIALIZATION + "ByteArraySerializer"));
    }

    @Test
    void agentFileReplacesDefaults() {
        parameters.put("kafka.consumer.group.id", "g");
        parameters.put("kafka.consumer.client.id", "c");
        parameters.put("kafka.consumer.max.poll.records", "7");
        parameters.put("kafka.consumer.key.deserializer.encoding", "ISO-8859-1");
        parameters.put("kafka.consumer.value.deserializer", "com.example.Decrypting");

        assertThat(consumer())
                .contains(
                        entry("group.id", "g"),
                        entry("client.id", "c"),
                        entry("max.poll.records", "7"),
                        entry("key.deserializer.encoding", "ISO-8859-1"),
                        entry("value.deserializer", "com.example.Decrypting"));
        assertThat(values().problems().warnings()).isEmpty();
    }

    @Test
    void sharedPropertiesApplyToAllClientsUnlessOverridden() {
        parameters.put("kafka.client.security.protocol", "SASL_PLAINTEXT");
        parameters.put("kafka.client.request.timeout.ms", "1000");
        parameters.put("kafka.producer.request.timeout.ms", "2000");

        assertThat(consumer())
                .contains(entry("security.protocol", "SASL_PLAINTEXT"), entry("request.timeout.ms", "1000"));
        assertThat(producer())
                .contains(entry("security.protocol", "SASL_PLAINTEXT"), entry("request.timeout.ms", "2000"));
    }

    @Test
    void sharedPropertiesReplaceDefaultsOfClientsThatKnowThem() {
        parameters.put("kafka.client.acks", "1");
        parameters.put("kafka.client.group.id", "g");
        parameters.put("kafka.client.my.interceptor.option", "x");

        assertThat(consumer())
                .contains(entry("group.id", "g"), entry("my.interceptor.option", "x"))
                .doesNotContainKey("acks");
        assertThat(producer())
                .contains(entry("acks", "1"), entry("my.interceptor.option", "x"))
                .doesNotContainKey("group.id");
    }

    @Test
    void hostnameCheckCanBeTurnedOffForAllClientsOrOne() {
        parameters.put("kafka.client.ssl.disableTLSHostnameVerification", "true");
        parameters.put("kafka.producer.ssl.disableTLSHostnameVerification", "false");

        assertThat(consumer())
                .contains(entry("ssl.endpoint.identification.algorithm", ""))
                .doesNotContainKey("ssl.disableTLSHostnameVerification");
        assertThat(producer())
                .doesNotContainKeys("ssl.endpoint.identification.algorithm", "ssl.disableTLSHostnameVerification");
    }

    @Test
    void agentsStoresAreUsedWithTls() {
        parameters.put("kafka.consumer.security.protocol", "ssl");

        assertThat(consumer()).contains(entry("ssl.truststore.location", "/global"));
        assertThat(producer()).doesNotContainKey("ssl.truststore.location");
    }

    @Test
    void valuesEqualToTheForcedOnesPass() {
        parameters.put("kafka.consumer.enable.auto.commit", "False");
        parameters.put("kafka.consumer.bootstrap.servers", "a:1,b:2");
        parameters.put("kafka.consumer.key.deserializer", SERIALIZATION + "StringDeserializer");
        parameters.put("kafka.consumer.value.deserializer", SERIALIZATION + "ByteArrayDeserializer");

        assertThat(consumer()).hasSize(6);
        assertThat(values().problems().warnings()).isEmpty();
    }

    @Test
    void rejectsWhatWouldBreakTheConsumer() {
        parameters.put("kafka.consumer.enable.auto.commit", "true");
        parameters.put("kafka.consumer.bootstrap.servers", "c:3");
        parameters.put("kafka.consumer.key.deserializer", SERIALIZATION + "ByteArrayDeserializer");
        parameters.put("kafka.consumer.value.deserializer", SERIALIZATION + "StringDeserializer");

        assertProblems("""
                Kafka tester t1: 4 problems in its configuration
                 - kafka.consumer.enable.auto.commit = 'true' must be false: this plugin commits offsets itself, once events are safe
                 - kafka.consumer.bootstrap.servers = 'c:3' must be left out: set kafka.bootstrap.servers instead, which all clients of a component use
                 - kafka.consumer.key.deserializer = 'org.apache.kafka.common.serialization.ByteArrayDeserializer' must be org.apache.kafka.common.serialization.StringDeserializer or a class of your own, because an event's key is text; to keep keys byte for byte, set kafka.consumer.key.deserializer.encoding = ISO-8859-1
                 - kafka.consumer.value.deserializer = 'org.apache.kafka.common.serialization.StringDeserializer' must be org.apache.kafka.common.serialization.ByteArrayDeserializer or a class of your own, because an event's body is a byte[]""");
    }

    @Test
    void rejectsWhatWouldBreakTheProducer() {
        parameters.put("kafka.producer.transactional.id", "tx");
        parameters.put("kafka.producer.enable.idempotence", "true");
        parameters.put("requiredAcks", "1");
        parameters.put("kafka.producer.retries", "0");
        parameters.put("kafka.producer.max.in.flight.requests.per.connection", "6");
        parameters.put("kafka.producer.delivery.timeout.ms", "100");
        parameters.put("kafka.producer.linger.ms", "50");
        parameters.put("kafka.producer.request.timeout.ms", "51");

        assertProblems("""
                Kafka tester t1: 5 problems in its configuration
                 - kafka.producer.transactional.id = 'tx' must be left out: this component does not use Kafka transactions, and a producer with this id can send only within one
                 - kafka.producer.delivery.timeout.ms = '100' must be at least linger.ms + request.timeout.ms, which is 101
                 - kafka.producer.enable.idempotence = true needs kafka.producer.acks = all
                 - kafka.producer.enable.idempotence = true needs kafka.producer.max.in.flight.requests.per.connection of 5 or less
                 - kafka.producer.enable.idempotence = true needs kafka.producer.retries of 1 or more""");
    }

    @Test
    void removesAPartitionerThatKafkaNoLongerHas() {
        String name = "kafka.producer.partitioner.class";
        String retired = "org.apache.kafka.clients.producer.internals.DefaultPartitioner";
        parameters.put(name, retired);
        PropertyValues values = values();

        assertThat(builder(values).producer("t1").properties()).doesNotContainKey("partitioner.class");
        assertThat(values.problems().warnings())
                .containsExactly(
                        name + " = '" + retired + "' has no effect: Kafka partitions like this by default; remove it");
    }

    @Test
    void turnsIdempotenceOffForTooManyRequestsInFlight() {
        parameters.put("kafka.producer.max.in.flight.requests.per.connection", "6");
        PropertyValues values = values();

        assertThat(builder(values).producer("t1").properties()).containsEntry("enable.idempotence", "false");
        assertThat(values.problems().warnings())
                .containsExactly("kafka.producer.max.in.flight.requests.per.connection is more than 5,"
                        + " which turns idempotence off: a retry may write records twice and out of order");
    }

    @Test
    void rejectsValuesThatKafkaWouldRejectLater() {
        parameters.put("kafka.producer.acks", "7");
        parameters.put("kafka.client.request.timeout.ms", "abc");

        assertProblems("""
                Kafka tester t1: 2 problems in its configuration
                 - kafka.producer.acks = '7' must be one of all, -1, 0, 1
                 - kafka.client.request.timeout.ms = 'abc' must be an integer from 0""");
    }

    @Test
    void brokersAreRequired() {
        parameters.clear();

        assertProblems("""
                Kafka tester t1: 1 problem in its configuration
                 - kafka.bootstrap.servers is missing: write the brokers as host:port, or several separated by commas""");
    }

    @Test
    void brokersMayComeFromZooKeeperLater() {
        parameters.clear();
        parameters.put("zookeeperConnect", "zk:2181");

        assertThat(consumer()).doesNotContainKey("bootstrap.servers");
        assertThat(new ClientSettings(consumer()).withBrokers("c:3").brokers()).isEqualTo("c:3");
    }

    @Test
    void brokersOfTheAgentFileAreKept() {
        assertThat(new ClientSettings(consumer()).withBrokers("c:3").brokers()).isEqualTo("a:1,b:2");
    }

    @Test
    void hidesSecrets() {
        parameters.put("kafka.client.sasl.jaas.config", "module required password=\"hunter2\";");
        parameters.put("kafka.client.ssl.key.password", "hunter2");
        parameters.put("kafka.client.my.secret", "hunter2");
        PropertyValues values = values();

        ClientSettings settings = builder(values).consumer("t1");

        assertThat(settings.properties()).containsEntry("ssl.key.password", "hunter2");
        assertThat(settings.toString())
                .doesNotContain("hunter2")
                .contains("ssl.key.password=(hidden)", "group.id=flume");
        assertThat(values.problems().warnings().toString()).doesNotContain("hunter2");
    }

    private void assertProblems(String message) {
        PropertyValues values = values();
        ClientSettingsBuilder assembly = builder(values);
        assembly.consumer("t1");
        assembly.producer("t1");
        assertThatThrownBy(() -> values.problems().logOrThrow(NOPLogger.NOP_LOGGER))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    private Map<String, Object> consumer() {
        PropertyValues values = values();
        Map<String, Object> properties = builder(values).consumer("t1").properties();
        values.problems().logOrThrow(NOPLogger.NOP_LOGGER);
        return properties;
    }

    private Map<String, Object> producer() {
        PropertyValues values = values();
        Map<String, Object> properties = builder(values).producer("t1").properties();
        values.problems().logOrThrow(NOPLogger.NOP_LOGGER);
        return properties;
    }

    private PropertyValues values() {
        return SET.read("t1", parameters);
    }

    private ClientSettingsBuilder builder(PropertyValues values) {
        TlsDefaults tls = new TlsDefaults(Map.of("javax.net.ssl.trustStore", "/global"), Map.of());
        return new ClientSettingsBuilder(values, new AgentName("a1"), tls, heap);
    }
}
