// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.channel.read.ReadSettings;
import io.flafka.channel.take.ReadAheadLimits;
import io.flafka.channel.take.RecordToChannelEvent;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.config.FormerName;
import io.flafka.config.NamePatterns;
import io.flafka.config.Property;
import io.flafka.consume.offsets.PartitionPlace;
import io.flafka.consume.offsets.ReadRange;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;
import io.flafka.zookeeper.ZooKeeperUse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Tests a channel's settings: the defaults, every property and every former name. */
class ChannelSettingsTest {

    private static final Map<String, String> REQUIRED = Map.of("kafka.bootstrap.servers", "a:1");

    /** A value for every declared property, different from its default. */
    private static final Map<String, String> EVERY = Map.ofEntries(
            entry("metrics.kafka.include", "records-lag*"),
            entry("kafka.bootstrap.servers", "a:1,b:2"),
            entry("kafka.topic", "events"),
            entry("kafka.consumer.group.id", "g"),
            entry("kafka.consumer.auto.offset.reset", "latest"),
            entry("kafka.startFrom", "timestamp:0"),
            entry("kafka.stopAt", "timestamp:1"),
            entry("parseAsFlumeEvent", "false"),
            entry("keepTombstones", "true"),
            entry("headers.include", "x-*"),
            entry("headers.exclude", "x-secret"),
            entry("headers.charset", "ISO-8859-1"),
            entry("setRecordHeaders", "true"),
            entry("capacity", "10000"),
            entry("transactionCapacity", "1000"),
            entry("kafka.pollTimeout", "50"),
            entry("errors.tolerance", "all"),
            entry("errors.deadletterqueue.topic.name", "dead"),
            entry("errors.deadletterqueue.producer.bootstrap.servers", "d:1"),
            entry("errors.deadletterqueue.topic.replication.factor", "1"),
            entry("errors.deadletterqueue.context.headers.enable", "false"),
            entry("errors.log.enable", "true"),
            entry("errors.log.include.messages", "true"),
            entry("ordering", "none"),
            entry("consumers", "2"),
            entry("kafka.commitIntervalMillis", "0"),
            entry("kafka.revocationGraceMillis", "70"),
            entry("readAheadRecords", "80"),
            entry("readAheadBytes", "90"),
            entry("partitionIdHeader", "partition"),
            entry("defaultPartitionId", "3"),
            entry("kafka.consumer.isolation.level", "read_uncommitted"),
            entry("kafka.producer.acks", "-1"),
            entry("kafka.producer.linger.ms", "3"),
            entry("kafka.producer.batch.size", "16384"),
            entry("kafka.producer.transactional.id", "puts"),
            entry("kafka.producer.partitioner.class", "com.example.Own"),
            entry("kafka.client.ssl.disableTLSHostnameVerification", "true"),
            entry("kafka.consumer.ssl.disableTLSHostnameVerification", "true"),
            entry("kafka.producer.ssl.disableTLSHostnameVerification", "true"),
            entry("zookeeperConnect", "zk:2181"),
            entry("migrateZookeeperOffsets", "false"));

    private static final Map<String, String> FORMER = Map.ofEntries(
            entry("brokerList", "kafka.bootstrap.servers"),
            entry("metadata.broker.list", "kafka.bootstrap.servers"),
            entry("kafka.metadata.broker.list", "kafka.bootstrap.servers"),
            entry("topic", "kafka.topic"),
            entry("groupId", "kafka.consumer.group.id"),
            entry("kafka.group.id", "kafka.consumer.group.id"),
            entry("kafka.auto.offset.reset", "kafka.consumer.auto.offset.reset"),
            entry("readSmallestOffset", "kafka.consumer.auto.offset.reset"),
            entry("pollTimeout", "kafka.pollTimeout"),
            entry("timeout", "kafka.pollTimeout"),
            entry("requiredAcks", "kafka.producer.acks"),
            entry("kafka.request.required.acks", "kafka.producer.acks"),
            entry("kafka.partitioner.class", "kafka.producer.partitioner.class"),
            entry("ssl.disableTLSHostnameVerification", "kafka.client.ssl.disableTLSHostnameVerification"),
            entry("kafka.zookeeper.connect", "zookeeperConnect"));

    @Test
    void defaultsAreThoseOfStock() {
        ChannelSettings settings = ChannelSettings.from("c1", REQUIRED);

        assertThat(settings.puts().topic()).isEqualTo("flume-channel");
        assertThat(settings.puts().codec()).isInstanceOf(AvroEventCodec.class);
        assertThat(settings.puts().partition()).isEqualTo(new PartitionRoute(Optional.empty(), OptionalInt.empty()));
        assertThat(settings.puts().headers()).isEqualTo(HeaderSelection.none());
        assertThat(settings.puts().transactionCapacity()).isEqualTo(Long.MAX_VALUE);
        assertThat(settings.takes().codec()).isInstanceOf(AvroEventCodec.class);
        assertThat(settings.takes().headers()).isEqualTo(HeaderSelection.none());
        assertThat(settings.takes().locationHeaders()).isEqualTo(RecordToChannelEvent.LocationHeaders.OMITTED);
        assertThat(settings.takes().ordering()).isEqualTo(TakeOrdering.PARTITION);
        assertThat(settings.takes().readAhead()).isEqualTo(new ReadAheadLimits(10_000, 16L << 20));
        assertThat(settings.takes().pollTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.takes().waitsForCommit()).isFalse();
        assertThat(settings.reads())
                .isEqualTo(new ReadSettings(
                        "flume-channel", ReadRange.WHOLE, Duration.ofMillis(100), Duration.ofSeconds(5)));
        assertThat(settings.capacity()).isEqualTo(Long.MAX_VALUE);
        assertThat(settings.errors()).isInstanceOf(ErrorTolerance.None.class);
    }

    @Test
    void defaultsOfTheClientsReadEverythingOnceItIsCommitted() {
        ChannelSettings settings = ChannelSettings.from("c1", REQUIRED);

        assertThat(settings.clients().producer().properties())
                .containsOnly(
                        entry("acks", "all"),
                        entry("batch.size", "131072"),
                        entry("linger.ms", "0"),
                        entry("bootstrap.servers", "a:1"),
                        entry("client.id", "flafka-agent-c1-producer"),
                        entry("key.serializer", "org.apache.kafka.common.serialization.StringSerializer"),
                        entry("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer"));
        assertThat(settings.clients().consumers()).hasSize(1);
        assertThat(settings.clients().consumers().get(0).properties())
                .containsOnly(
                        entry("auto.offset.reset", "earliest"),
                        entry("bootstrap.servers", "a:1"),
                        entry("client.id", "flafka-agent-c1-consumer"),
                        entry("enable.auto.commit", "false"),
                        entry("isolation.level", "read_committed"),
                        entry("group.id", "flume"),
                        entry("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer"),
                        entry("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer"));
    }

    @Test
    void everyPropertyTakesEffect() {
        assertThat(EVERY).containsOnlyKeys(declared());
        ChannelProperties.SET
                .properties()
                .forEach(property -> assertThat(property.defaultText())
                        .as(property.name())
                        .isNotEqualTo(Optional.of(EVERY.getOrDefault(property.name(), ""))));

        ChannelSettings settings = ChannelSettings.from("c1", EVERY);

        assertThat(settings.kafkaMetrics()).isEqualTo(NamePatterns.of("records-lag*"));
        HeaderSelection headers = new HeaderSelection(NamePatterns.of("x-*"), NamePatterns.of("x-secret"), ISO_8859_1);
        assertThat(settings.puts().topic()).isEqualTo("events");
        assertThat(settings.puts().codec()).hasToString("TombstoneCodec[codec=raw]");
        assertThat(settings.puts().partition())
                .isEqualTo(new PartitionRoute(Optional.of("partition"), OptionalInt.of(3)));
        assertThat(settings.puts().headers()).isEqualTo(headers);
        assertThat(settings.puts().transactionCapacity()).isEqualTo(1_000);
        assertThat(settings.takes().codec()).isEqualTo(settings.puts().codec());
        assertThat(settings.takes().headers()).isEqualTo(headers);
        assertThat(settings.takes().locationHeaders()).isEqualTo(RecordToChannelEvent.LocationHeaders.ADDED);
        assertThat(settings.takes().ordering()).isEqualTo(TakeOrdering.NONE);
        assertThat(settings.takes().readAhead()).isEqualTo(new ReadAheadLimits(80, 90));
        assertThat(settings.takes().pollTimeout()).isEqualTo(Duration.ofMillis(50));
        assertThat(settings.takes().waitsForCommit()).isTrue();
        assertThat(settings.reads())
                .isEqualTo(new ReadSettings(
                        "events",
                        new ReadRange(
                                Optional.of(new PartitionPlace.AtTime(Instant.EPOCH)),
                                Optional.of(new PartitionPlace.AtTime(Instant.ofEpochMilli(1)))),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(70)));
        assertThat(settings.capacity()).isEqualTo(10_000);
        assertThat(settings.errors()).isInstanceOf(ErrorTolerance.AllToOtherCluster.class);
        assertThat(settings.clients().consumers())
                .extracting(client -> client.properties().get("client.id"))
                .containsExactly("flafka-agent-c1-consumer-0", "flafka-agent-c1-consumer-1");
    }

    @Test
    void everyPropertyOfAClientReachesIt() {
        ChannelSettings settings = ChannelSettings.from("c1", EVERY);
        assertThat(settings.clients().producer().properties())
                .contains(
                        entry("acks", "-1"),
                        entry("batch.size", "16384"),
                        entry("linger.ms", "3"),
                        entry("transactional.id", "puts"),
                        entry("partitioner.class", "com.example.Own"),
                        entry("ssl.endpoint.identification.algorithm", ""));
        assertThat(settings.clients().consumers().get(0).properties())
                .contains(
                        entry("auto.offset.reset", "latest"),
                        entry("isolation.level", "read_uncommitted"),
                        entry("group.id", "g"));
    }

    @Test
    void everyFormerNameMeansItsSuccessor() {
        Map<String, String> declared = new HashMap<>();
        for (Property<?> property : ChannelProperties.SET.properties()) {
            for (FormerName former : property.formerNames()) {
                declared.put(former.name(), property.name());
                String today = EVERY.getOrDefault(property.name(), "");
                Map<String, String> translation =
                        former.translation().isEmpty() ? Map.of(today, today) : former.translation();
                translation.forEach((then, now) -> assertThat(ChannelProperties.SET
                                .read("c1", Map.of(former.name(), then))
                                .find(property))
                        .as(former.name())
                        .isPresent()
                        .isEqualTo(ChannelProperties.SET
                                .read("c1", Map.of(property.name(), now))
                                .find(property)));
            }
        }
        assertThat(declared).isEqualTo(FORMER);
    }

    @Test
    void readsAnAgentFileOfFlume16() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("type", "org.apache.flume.channel.kafka.KafkaChannel");
        parameters.put("capacity", "10000");
        parameters.put("transactionCapacity", "1000");
        parameters.put("brokerList", "localhost:9092");
        parameters.put("topic", "channel1");
        parameters.put("zookeeperConnect", "localhost:2181");
        parameters.put("readSmallestOffset", "false");
        parameters.put("timeout", "100");

        ChannelSettings settings = ChannelSettings.from("c1", parameters);

        assertThat(settings.puts().topic()).isEqualTo("channel1");
        assertThat(settings.takes().pollTimeout()).isEqualTo(Duration.ofMillis(100));
        assertThat(settings.clients().consumers().get(0).properties()).containsEntry("auto.offset.reset", "latest");
        assertThat(ChannelProperties.SET.read("c1", parameters).problems().warnings())
                .containsExactly(
                        "brokerList is a former name: write kafka.bootstrap.servers",
                        "topic is a former name: write kafka.topic",
                        "readSmallestOffset is a former name: write kafka.consumer.auto.offset.reset = latest",
                        "timeout is a former name: write kafka.pollTimeout");
        assertThat(settings.puts().transactionCapacity()).isEqualTo(1_000);
        assertThat(settings.clients().zookeeper())
                .isEqualTo(new ZooKeeperUse(Optional.empty(), Optional.of("localhost:2181")));
    }

    @Test
    void sharesSecuritySettingsBetweenItsClients() {
        ChannelSettings settings = ChannelSettings.from("c1", with("kafka.client.security.protocol", "SSL"));

        assertThat(settings.clients().producer().properties()).containsEntry("security.protocol", "SSL");
        assertThat(settings.clients().consumers().get(0).properties()).containsEntry("security.protocol", "SSL");
    }

    @Test
    void showsNoSecretOfItsClients() {
        assertThat(ChannelSettings.from("c1", with("kafka.client.ssl.key.password", "hunter2"))
                        .toString())
                .contains("ssl.key.password=(hidden)")
                .doesNotContain("hunter2");
    }

    private static String[] declared() {
        return ChannelProperties.SET.properties().stream().map(Property::name).toArray(String[]::new);
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> parameters = new LinkedHashMap<>(REQUIRED);
        parameters.put(name, value);
        return parameters;
    }
}
