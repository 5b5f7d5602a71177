// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.config.ObsoleteName;
import io.flafka.config.Property;
import io.flafka.config.PropertyPrefix;
import io.flafka.config.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The properties that lead to a component's Kafka clients, for the property sets of the components. */
public final class ClientProperties {

    /** Below it are the consumer's properties. */
    public static final String CONSUMER_PREFIX = "kafka.consumer.";
    /** Below it are the producer's properties. */
    public static final String PRODUCER_PREFIX = "kafka.producer.";
    /** Below it are the properties that all clients of the component share. */
    public static final String SHARED_PREFIX = "kafka.client.";

    static final String NO_HOSTNAME_CHECK = "ssl.disableTLSHostnameVerification";

    private static final String NO_HOSTNAME_CHECK_TEXT =
            "Whether a broker's certificate may be for another host. It stands for an empty"
                    + " `ssl.endpoint.identification.algorithm`, which an agent file cannot hold.";

    /** Where the brokers are. */
    public static final Property<String> BROKERS = Property.of(
                    "kafka.bootstrap.servers",
                    ValueType.brokers(),
                    "Required, unless a source or a channel has `zookeeperConnect`. The brokers to ask first; they name the others.")
            .formerly("brokerList", "metadata.broker.list", "kafka.metadata.broker.list");

    /** The ZooKeeper of an old cluster. */
    public static final Property<String> ZOOKEEPER = Property.of(
                    "zookeeperConnect",
                    ValueType.zookeeper(),
                    "Of Flume 1.6: the ZooKeeper of an old cluster. Without `kafka.bootstrap.servers` the brokers are looked up there at"
                            + " each start. See `migrateZookeeperOffsets`.")
            .formerly("kafka.zookeeper.connect");

    /** Whether a group goes on where it was in ZooKeeper. */
    public static final Property<Boolean> MIGRATE_OFFSETS = Property.of(
                    "migrateZookeeperOffsets",
                    ValueType.bool(),
                    "With `zookeeperConnect`: whether a partition for which the group has no offset in Kafka gets the one that it has in"
                            + " ZooKeeper, before it is read.")
            .defaultsTo("true");

    /** The consumer group. */
    public static final Property<String> GROUP_ID = Property.of(
                    CONSUMER_PREFIX + ConsumerConfig.GROUP_ID_CONFIG,
                    ValueType.text("a text"),
                    "The consumer group. Components of the same group share the partitions.")
            .defaultsTo("flume")
            .formerly("groupId", "kafka.group.id");

    /** Where a group begins. A component that has a default of its own adds it. */
    public static final Property<String> OFFSET_RESET = Property.of(
                    CONSUMER_PREFIX + ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    ValueType.kafka(ConsumerConfig.configDef(), ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                    "Where the group begins in a partition for which it has no committed offset."
                            + " Without a default here, Kafka's own applies.")
            .formerly("kafka.auto.offset.reset")
            .formerValue("smallest", "earliest")
            .formerValue("largest", "latest");

    /** How many replicas must have a record. */
    public static final Property<String> ACKS = Property.of(
                    PRODUCER_PREFIX + ProducerConfig.ACKS_CONFIG,
                    acks(),
                    "How many replicas must have a record before it counts as written: all that are in sync (`all`, or"
                            + " `-1`), only the leader (`1`), none (`0`). Less than all can lose events.")
            .defaultsTo("all")
            .formerly("requiredAcks", "kafka.request.required.acks");

    /** How long records wait for company. A thread waits for its own records only, and cannot tell Kafka's client that these were all. */
    public static final Property<String> LINGER = Property.of(
                    PRODUCER_PREFIX + ProducerConfig.LINGER_MS_CONFIG,
                    ValueType.kafka(ProducerConfig.configDef(), ProducerConfig.LINGER_MS_CONFIG),
                    "How many milliseconds records wait for more of their partition. A transaction waits with them: more than none"
                            + " is for many small transactions at a time.")
            .defaultsTo("0");

    /** How many records go together. */
    public static final Property<String> BATCH_BYTES = Property.of(
                    PRODUCER_PREFIX + ProducerConfig.BATCH_SIZE_CONFIG,
                    ValueType.kafka(ProducerConfig.configDef(), ProducerConfig.BATCH_SIZE_CONFIG),
                    "The most bytes of one partition's records that are sent together. Kafka's own default holds a transaction of"
                            + " larger events apart into many small requests.")
            .defaultsTo("131072")
            .inStock(
                    "16384",
                    "a batch of larger events left in many small requests: at 1000 events a batch, 557k/s instead of 207k/s of 100 B,"
                            + " 186k/s instead of 103k/s of 1 KB");

    /** Whether a Flume transaction is a Kafka transaction, and under which name. */
    public static final Property<String> TRANSACTIONAL_ID = Property.of(
            PRODUCER_PREFIX + ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ValueType.text("a text"),
            "Makes each Flume transaction one Kafka transaction. Kafka gets it with the kind of component, the names of agent and component,"
                    + " and a number behind it: `<id>-sink.<agent>.<sink>.<n>` or `<id>-channel.<agent>.<channel>.<n>`; two processes must"
                    + " not have the same.");

    /** Who chooses the partition. */
    public static final Property<String> PARTITIONER = Property.of(
                    PRODUCER_PREFIX + ProducerConfig.PARTITIONER_CLASS_CONFIG,
                    ValueType.text("the name of a class"),
                    "A `Partitioner` of your own, instead of Kafka's choice by key.")
            .formerly("kafka.partitioner.class");

    /** For all clients. */
    public static final Property<Boolean> NO_HOSTNAME_CHECK_SHARED = Property.of(
                    SHARED_PREFIX + NO_HOSTNAME_CHECK, ValueType.bool(), NO_HOSTNAME_CHECK_TEXT)
            .defaultsTo("false")
            .formerly(NO_HOSTNAME_CHECK);

    /** For the consumer. */
    public static final Property<Boolean> NO_HOSTNAME_CHECK_CONSUMER =
            Property.of(CONSUMER_PREFIX + NO_HOSTNAME_CHECK, ValueType.bool(), "The same for the consumer only.");

    /** For the producer. */
    public static final Property<Boolean> NO_HOSTNAME_CHECK_PRODUCER =
            Property.of(PRODUCER_PREFIX + NO_HOSTNAME_CHECK, ValueType.bool(), "The same for the producer only.");

    /** All that is passed on to the consumer. */
    public static final PropertyPrefix CONSUMER = new PropertyPrefix.OfKafka(
            CONSUMER_PREFIX,
            "Any property of Kafka's consumer, for example `kafka.consumer.security.protocol`.",
            List.of(ConsumerConfig.configDef()),
            encodings("deserializer"));

    /** All that is passed on to the producer. */
    public static final PropertyPrefix PRODUCER = new PropertyPrefix.OfKafka(
            PRODUCER_PREFIX,
            "Any property of Kafka's producer, for example `kafka.producer.compression.type`.",
            List.of(ProducerConfig.configDef()),
            encodings("serializer"));

    /** All that is passed on to the producer of a component that writes nothing but dead letters. */
    public static final PropertyPrefix DEAD_LETTER_PRODUCER = new PropertyPrefix.OfKafka(
            PRODUCER_PREFIX,
            "Any property of Kafka's producer, for the client that writes the dead letter topic. It has the security settings of"
                    + " the consumer unless `security.protocol` is here.",
            List.of(ProducerConfig.configDef()),
            encodings("serializer"));

    /** Names of the consumer of Kafka 0.8, which Flume 1.6 passed on. */
    public static final List<ObsoleteName> OF_OLD_CONSUMERS = List.of(
            new ObsoleteName("kafka.consumer.timeout.ms", "the consumer of Kafka 0.8 had it; remove it"),
            new ObsoleteName("kafka.consumer.id", "the consumer of Kafka 0.8 had it; remove it"),
            new ObsoleteName("kafka.auto.commit.enable", "offsets are committed when the events are safe; remove it"),
            new ObsoleteName("kafka.fetch.message.max.bytes", "write kafka.consumer.max.partition.fetch.bytes instead"),
            new ObsoleteName("kafka.rebalance.max.retries", "the brokers rebalance groups now; remove it"),
            new ObsoleteName("kafka.rebalance.backoff.ms", "the brokers rebalance groups now; remove it"),
            new ObsoleteName("kafka.zookeeper.session.timeout.ms", "Kafka's clients do not use ZooKeeper; remove it"),
            new ObsoleteName(
                    "kafka.zookeeper.connection.timeout.ms", "Kafka's clients do not use ZooKeeper; remove it"),
            new ObsoleteName("kafka.zookeeper.sync.time.ms", "Kafka's clients do not use ZooKeeper; remove it"),
            new ObsoleteName("kafka.offsets.storage", "offsets are kept by the brokers; remove it"),
            new ObsoleteName("kafka.dual.commit.enabled", "offsets are kept by the brokers; remove it"));

    /** Names of the producer of Kafka 0.8, which Flume 1.6 passed on. */
    public static final List<ObsoleteName> OF_OLD_PRODUCERS = List.of(
            new ObsoleteName("serializer.class", "write kafka.producer.value.serializer, for a class of Kafka's today"),
            new ObsoleteName(
                    "key.serializer.class", "write kafka.producer.key.serializer, for a class of Kafka's today"),
            new ObsoleteName(
                    "kafka.serializer.class", "write kafka.producer.value.serializer, for a class of Kafka's today"),
            new ObsoleteName(
                    "kafka.key.serializer.class", "write kafka.producer.key.serializer, for a class of Kafka's today"),
            new ObsoleteName(
                    "kafka.producer.type", "every producer sends asynchronously and waits at the end; remove it"),
            new ObsoleteName("kafka.compression.codec", "write kafka.producer.compression.type instead"),
            new ObsoleteName("kafka.compressed.topics", "all topics of a producer are compressed; remove it"),
            new ObsoleteName("kafka.batch.num.messages", "write kafka.producer.batch.size, in bytes, instead"),
            new ObsoleteName("kafka.queue.buffering.max.ms", "write kafka.producer.linger.ms instead"),
            new ObsoleteName(
                    "kafka.queue.buffering.max.messages", "write kafka.producer.buffer.memory, in bytes, instead"),
            new ObsoleteName("kafka.queue.enqueue.timeout.ms", "write kafka.producer.max.block.ms instead"),
            new ObsoleteName("kafka.message.send.max.retries", "write kafka.producer.delivery.timeout.ms instead"),
            new ObsoleteName(
                    "kafka.topic.metadata.refresh.interval.ms", "write kafka.producer.metadata.max.age.ms instead"));

    private ClientProperties() {}

    /** What a component passes on to all its clients, which have these definitions. */
    public static PropertyPrefix shared(ConfigDef... definitions) {
        return new PropertyPrefix.OfKafka(
                SHARED_PREFIX,
                "Any property of Kafka's clients, once for all clients of the component, for example security settings."
                        + " The more specific prefixes override it.",
                List.of(definitions),
                Stream.of("deserializer", "serializer")
                        .flatMap(what -> encodings(what).stream())
                        .collect(Collectors.toSet()));
    }

    private static ValueType<String> acks() {
        ValueType<String> kafka = ValueType.kafka(ProducerConfig.configDef(), ProducerConfig.ACKS_CONFIG);
        // Kafka takes both for the same; so must the comparison of a current with a former name.
        Map<String, String> sameAs = Map.of("-1", "all");
        return new ValueType<>(kafka.allowed(), kafka.parser().andThen(value -> sameAs.getOrDefault(value, value)));
    }

    /** Read by Kafka's string (de)serializers, though not in the clients' definitions. */
    private static Set<String> encodings(String what) {
        return Set.of(what + ".encoding", "key." + what + ".encoding", "value." + what + ".encoding");
    }
}
