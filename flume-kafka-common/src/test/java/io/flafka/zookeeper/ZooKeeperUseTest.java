// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettings;
import io.flafka.config.PropertySet;
import io.flafka.config.PropertyValues;
import io.flafka.consume.offsets.StartingOffsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

/** The uses of ZooKeeper in agent files, their warnings, and the lookup of brokers. */
class ZooKeeperUseTest {

    private static final PropertySet SET = new PropertySet(
            "Kafka tester",
            List.of(ClientProperties.BROKERS, ClientProperties.ZOOKEEPER, ClientProperties.MIGRATE_OFFSETS),
            List.of(),
            List.of(),
            List.of());
    private static final Optional<String> ZOOKEEPER = Optional.of("zk:2181/kafka");
    private static final ZooKeeperUse FOR_BROKERS = new ZooKeeperUse(ZOOKEEPER, Optional.empty());

    private final FakeZooKeeper zookeeper = new FakeZooKeeper();

    @Test
    void withoutBrokersIsUsedForBrokersAndOffsets() {
        PropertyValues values = values(Map.of("zookeeperConnect", " zk:2181/kafka/ "));

        assertThat(ZooKeeperUse.from(values)).isEqualTo(new ZooKeeperUse(ZOOKEEPER, ZOOKEEPER));
        assertThat(values.problems().warnings())
                .containsExactly(
                        "zookeeperConnect: the brokers are looked up in ZooKeeper, which newer Kafka clusters do not have;"
                                + " set kafka.bootstrap.servers");
    }

    @Test
    void withBrokersIsUsedForOffsetsOnly() {
        PropertyValues values = values(Map.of("kafka.bootstrap.servers", "a:1", "zookeeperConnect", "zk:2181/kafka"));

        assertThat(ZooKeeperUse.from(values)).isEqualTo(new ZooKeeperUse(Optional.empty(), ZOOKEEPER));
        assertThat(values.problems().warnings())
                .containsExactly("zookeeperConnect is used only to migrate the offsets of the group, because"
                        + " kafka.bootstrap.servers is set: remove it when the offsets are in Kafka (see"
                        + " kafka-consumer-groups.sh --describe)");
    }

    @Test
    void withoutMigrationIsUsedForBrokersOnly() {
        assertThat(ZooKeeperUse.from(
                        values(Map.of("zookeeperConnect", "zk:2181/kafka", "migrateZookeeperOffsets", "false"))))
                .isEqualTo(FOR_BROKERS);
    }

    @Test
    void withBrokersAndWithoutMigrationHasNoEffect() {
        PropertyValues values = values(Map.of(
                "kafka.bootstrap.servers", "a:1",
                "zookeeperConnect", "zk:2181/kafka",
                "migrateZookeeperOffsets", "false"));

        assertThat(ZooKeeperUse.from(values)).isEqualTo(new ZooKeeperUse(Optional.empty(), Optional.empty()));
        assertThat(values.problems().warnings())
                .containsExactly("zookeeperConnect has no effect, because kafka.bootstrap.servers is set and"
                        + " migrateZookeeperOffsets = false: remove zookeeperConnect and migrateZookeeperOffsets");
    }

    @Test
    void migrationWithoutZooKeeperHasNoEffect() {
        PropertyValues values = values(Map.of("kafka.bootstrap.servers", "a:1", "migrateZookeeperOffsets", "true"));

        assertThat(ZooKeeperUse.from(values)).isEqualTo(new ZooKeeperUse(Optional.empty(), Optional.empty()));
        assertThat(values.problems().warnings())
                .containsExactly("migrateZookeeperOffsets has no effect without zookeeperConnect: remove it");
    }

    @Test
    void eachClientGetsTheAddressesForItsProtocolFromOneLookup() {
        zookeeper
                .with("/brokers/ids/1", broker("b1"))
                .with("/brokers/ids/2", broker("b2"))
                .with("/brokers/topics/t", "{}");

        UnaryOperator<ClientSettings> brokers = FOR_BROKERS.lookUpBrokers("KafkaSource r1", zookeeper);

        assertThat(brokers.apply(client(Map.of())).brokers()).isEqualTo("b1:9092,b2:9092");
        assertThat(brokers.apply(client(Map.of("security.protocol", "ssl"))).properties())
                .containsExactly(
                        entry("bootstrap.servers", "b1:9093,b2:9093"),
                        entry("client.id", "c"),
                        entry("security.protocol", "ssl"));
        assertThat(zookeeper.connections()).isOne();
        assertThat(zookeeper.openReaders()).isZero();
    }

    @Test
    void keepsBrokersOfTheAgentFileWithoutALookup() {
        zookeeper.goDown();
        ClientSettings given = client(Map.of("bootstrap.servers", "a:1"));

        assertThat(new ZooKeeperUse(Optional.empty(), ZOOKEEPER)
                        .lookUpBrokers("KafkaSource r1", zookeeper)
                        .apply(given))
                .isSameAs(given);
    }

    @Test
    void reportsAZooKeeperThatIsDown() {
        zookeeper.goDown();

        assertNotFound(
                "cannot find the Kafka brokers: ZooKeeper zk:2181/kafka does not answer within"
                        + " 10 s. Set kafka.bootstrap.servers, and keep zookeeperConnect only to migrate the offsets of the group");
    }

    @Test
    void reportsAZooKeeperWithoutBrokers() {
        assertNotFound("cannot find the Kafka brokers: ZooKeeper zk:2181/kafka has no broker registered in"
                + " /brokers/ids (all brokers are down, or the cluster does not use this ZooKeeper, or the path at the end of"
                + " zookeeperConnect is missing or wrong). Set kafka.bootstrap.servers, and keep"
                + " zookeeperConnect only to migrate the offsets of the group");
        assertThat(zookeeper.openReaders()).isZero();
    }

    @Test
    void reportsBrokersWithoutAListenerForTheProtocol() {
        zookeeper.with("/brokers/ids/1", broker("b1"));
        UnaryOperator<ClientSettings> brokers = FOR_BROKERS.lookUpBrokers("KafkaSource r1", zookeeper);

        assertThatThrownBy(() -> brokers.apply(client(Map.of("security.protocol", "SASL_SSL"))))
                .isInstanceOf(FlumeException.class)
                .hasMessage("cannot find the Kafka brokers: the brokers in ZooKeeper zk:2181/kafka have no"
                        + " listener for security.protocol = SASL_SSL, only for PLAINTEXT, SSL. Set kafka.bootstrap.servers,"
                        + " and keep zookeeperConnect only to migrate the offsets of the group");
    }

    @Test
    void withoutMigrationOnlyKafkaHasOffsets() {
        assertThat(FOR_BROKERS.startingOffsets("KafkaSource r1", client(Map.of()), new MockConsumer<>("earliest")))
                .isSameAs(StartingOffsets.KAFKA_ONLY);
    }

    private void assertNotFound(String message) {
        assertThatThrownBy(() -> FOR_BROKERS.lookUpBrokers("KafkaSource r1", zookeeper))
                .isInstanceOf(FlumeException.class)
                .hasMessage(message);
    }

    private static PropertyValues values(Map<String, String> parameters) {
        return SET.read("t1", parameters);
    }

    private static String broker(String host) {
        return "{\"version\":4,\"listener_security_protocol_map\":{\"PLAINTEXT\":\"PLAINTEXT\",\"OUT\":\"SSL\"},"
                + "\"endpoints\":[\"PLAINTEXT://%s:9092\",\"OUT://%s:9093\"]}".formatted(host, host);
    }

    private static ClientSettings client(Map<String, Object> properties) {
        return new ClientSettings(properties).withDefault("client.id", "c");
    }
}
