// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.config.NamePatterns;
import io.flafka.config.ObsoleteName;
import io.flafka.config.Property;
import io.flafka.config.PropertyPrefix;
import io.flafka.config.PropertyValues;
import io.flafka.config.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Declares the properties of a component's Kafka clients, for the property sets of the components. */
public final class ClientProperties {

    /** The prefix of the consumer's properties. */
    public static final String CONSUMER_PREFIX = "kafka.consumer.";
    /** The prefix of the producer's properties. */
    public static final String PRODUCER_PREFIX = "kafka.producer.";
    /** The prefix of the properties that all clients of a component share. */
    public static final String SHARED_PREFIX = "kafka.client.";

    /** The prefix of the properties of the client that writes dead letters. */
    public static final String DEAD_LETTER_PREFIX = "errors.deadletterqueue.producer.";

    static final String NO_HOSTNAME_CHECK = "ssl.disableTLSHostnameVerification";

    private static final String NO_HOSTNAME_CHECK_TEXT =
            "Whether to accept a broker's certificate that is for another host. Same as an empty"
                    + " `ssl.endpoint.identification.algorithm`, which an agent file cannot express.";

    /** The brokers to connect to first. */
    public static final Property<String> BROKERS = Property.of(
                    "kafka.bootstrap.servers",
                    ValueType.brokers(),
                    "The brokers to connect to first; they name the others. Required. Only a source or a channel with `zookeeperConnect` can do without it.")
            .formerly("brokerList", "metadata.broker.list", "kafka.metadata.broker.list");

    /** The ZooKeeper of an old cluster. */
    public static final Property<String> ZOOKEEPER = Property.of(
                    "zookeeperConnect",
                    ValueType.zookeeper(),
                    "From Flume 1.6: the ZooKeeper of an old cluster. If `kafka.bootstrap.servers` is not set, the brokers are looked up"
                            + " there at each start. See `migrateZookeeperOffsets`.")
            .formerly("kafka.zookeeper.connect");

    /** Whether a group takes over its offsets from ZooKeeper. */
    public static final Property<Boolean> MIGRATE_OFFSETS = Property.of(
                    "migrateZookeeperOffsets",
                    ValueType.bool(),
                    "With `zookeeperConnect`: whether the group takes over its offsets from ZooKeeper. Each partition without a committed"
                            + " offset in Kafka gets the one from ZooKeeper before it is read.")
            .defaultsTo("true");

    /** The brokers of another cluster for dead letters. */
    public static final Property<String> DEAD_LETTER_BROKERS = Property.of(
            DEAD_LETTER_PREFIX + CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            ValueType.brokers(),
            "The brokers of another cluster, if the dead letter topic is there. Then no other client setting of the component applies to dead"
                    + " letters, only `errors.deadletterqueue.producer.*`: no password reaches the other cluster by mistake.");

    /** The consumer group. */
    public static final Property<String> GROUP_ID = Property.of(
                    CONSUMER_PREFIX + ConsumerConfig.GROUP_ID_CONFIG,
                    ValueType.text("a string"),
                    "The consumer group. Components in the same group share the partitions.")
            .defaultsTo("flume")
            .formerly("groupId", "kafka.group.id");

    /** Where a group starts to read. A component with its own default adds it. */
    public static final Property<String> OFFSET_RESET = Property.of(
                    CONSUMER_PREFIX + ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    ValueType.kafka(ConsumerConfig.configDef(), ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                    "Where the group starts in a partition without a committed offset."
                            + " If no default is shown here, Kafka's default applies.")
            .formerly("kafka.auto.offset.reset")
            .formerValue("smallest", "earliest")
            .formerValue("largest", "latest");

    /** How many replicas must have a record before it counts as written. */
    public static final Property<String> ACKS = Property.of(
                    PRODUCER_PREFIX + ProducerConfig.ACKS_CONFIG,
                    acks(),
                    "How many replicas must have a record before it counts as written: all in-sync replicas (`all` or"
                            + " `-1`), only the leader (`1`), or none (`0`). With `1` or `0`, events can be lost.")
            .defaultsTo("all")
            .formerly("requiredAcks", "kafka.request.required.acks");

    /** How long a record waits to be sent with others. A thread waits only for its own records, and cannot tell Kafka's client which is the last. */
    public static final Property<String> LINGER = Property.of(
                    PRODUCER_PREFIX + ProducerConfig.LINGER_MS_CONFIG,
                    ValueType.kafka(ProducerConfig.configDef(), ProducerConfig.LINGER_MS_CONFIG),
                    "How many milliseconds a record waits for more records of its partition, to be sent with them. Each transaction waits"
                            + " too: set more than 0 only for many small concurrent transactions.")
            .defaultsTo("0");

    /** How many bytes are sent together. */
    public static final Property<String> BATCH_BYTES = Property.of(
                    PRODUCER_PREFIX + ProducerConfig.BATCH_SIZE_CONFIG,
                    ValueType.kafka(ProducerConfig.configDef(), ProducerConfig.BATCH_SIZE_CONFIG),
                    "The largest batch of records of one partition that is sent together, in bytes. Kafka's own default splits a"
                            + " transaction of larger events into many small requests.")
            .defaultsTo("131072")
            .inStock(
                    "16384",
                    "a batch of larger events was sent in many small requests. With 1000 events per batch, throughput rises from 207k/s"
                            + " to 557k/s (100 B per event) and from 103k/s to 186k/s (1 KB)");

    /** Makes Flume transactions Kafka transactions, with this id. */
    public static final Property<String> TRANSACTIONAL_ID = Property.of(
            PRODUCER_PREFIX + ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ValueType.text("a string"),
            "Makes each Flume transaction one Kafka transaction. The id that Kafka sees has the kind and name of the component, the agent's name and"
                    + " a number added: `<id>-sink.<agent>.<sink>.<n>` or `<id>-channel.<agent>.<channel>.<n>`. Two processes must not use the"
                    + " same one.");

    /** The class that chooses the partition. */
    public static final Property<String> PARTITIONER = Property.of(
                    PRODUCER_PREFIX + ProducerConfig.PARTITIONER_CLASS_CONFIG,
                    ValueType.text("the name of a class"),
                    "A `Partitioner` class of your own, instead of Kafka's choice by key.")
            .formerly("kafka.partitioner.class");

    /** Turns off the check of the broker's host name, for all clients. */
    public static final Property<Boolean> NO_HOSTNAME_CHECK_SHARED = Property.of(
                    SHARED_PREFIX + NO_HOSTNAME_CHECK, ValueType.bool(), NO_HOSTNAME_CHECK_TEXT)
            .defaultsTo("false")
            .formerly(NO_HOSTNAME_CHECK);

    /** The same for the consumer only. */
    public static final Property<Boolean> NO_HOSTNAME_CHECK_CONSUMER = Property.of(
            CONSUMER_PREFIX + NO_HOSTNAME_CHECK,
            ValueType.bool(),
            "As `kafka.client." + NO_HOSTNAME_CHECK + "`, for the consumer only.");

    /** The same for the producer only. */
    public static final Property<Boolean> NO_HOSTNAME_CHECK_PRODUCER = Property.of(
            PRODUCER_PREFIX + NO_HOSTNAME_CHECK,
            ValueType.bool(),
            "As `kafka.client." + NO_HOSTNAME_CHECK + "`, for the producer only.");

    /** Which metrics of Kafka's clients the component shows with its own. */
    public static final Property<NamePatterns> METRICS_INCLUDE = Property.of(
            "metrics.kafka.include",
            new ValueType<>("metric names separated by commas; * matches any characters, or none", NamePatterns::of),
            "Metrics of Kafka's clients to show with the component's own, for example `records-lag-max,request-latency-*`. By default none."
                    + " `*` shows all: several hundred, and some for each topic, partition and broker.");

    /** The properties that are passed on to the consumer. */
    public static final PropertyPrefix CONSUMER = new PropertyPrefix.OfKafka(
            CONSUMER_PREFIX,
            "Any property of Kafka's consumer, for example `kafka.consumer.security.protocol`.",
            List.of(ConsumerConfig.configDef()),
            encodings("deserializer"));

    /** The properties that are passed on to the producer. */
    public static final PropertyPrefix PRODUCER = new PropertyPrefix.OfKafka(
            PRODUCER_PREFIX,
            "Any property of Kafka's producer, for example `kafka.producer.compression.type`.",
            List.of(ProducerConfig.configDef()),
            encodings("serializer"));

    /** The properties that are passed on to the producer of a component that writes only dead letters. */
    public static final PropertyPrefix DEAD_LETTER_PRODUCER = new PropertyPrefix.OfKafka(
            PRODUCER_PREFIX,
            "Any property of Kafka's producer, for the client that writes the dead letter topic. It uses the consumer's security"
                    + " settings unless `kafka.producer.security.protocol` is set.",
            List.of(ProducerConfig.configDef()),
            encodings("serializer"));

    /** The properties that are passed on to the client that writes dead letters. */
    public static final PropertyPrefix DEAD_LETTERS = new PropertyPrefix.OfKafka(
            DEAD_LETTER_PREFIX,
            "Any property of Kafka's producer, for the client that writes the dead letter topic. It overrides what that client has from the"
                    + " component's other clients.",
            List.of(ProducerConfig.configDef()),
            Set.of());

    /** Property names of the Kafka 0.8 consumer, which Flume 1.6 passed on. */
    public static final List<ObsoleteName> OF_OLD_CONSUMERS = List.of(
            new ObsoleteName("kafka.consumer.timeout.ms", "only the consumer of Kafka 0.8 had it; remove it"),
            new ObsoleteName("kafka.consumer.id", "only the consumer of Kafka 0.8 had it; remove it"),
            new ObsoleteName(
                    "kafka.auto.commit.enable", "this plugin commits offsets itself, once events are safe; remove it"),
            new ObsoleteName("kafka.fetch.message.max.bytes", "write kafka.consumer.max.partition.fetch.bytes instead"),
            new ObsoleteName("kafka.rebalance.max.retries", "brokers coordinate consumer groups today; remove it"),
            new ObsoleteName("kafka.rebalance.backoff.ms", "brokers coordinate consumer groups today; remove it"),
            new ObsoleteName(
                    "kafka.zookeeper.session.timeout.ms", "Kafka's clients do not use ZooKeeper today; remove it"),
            new ObsoleteName(
                    "kafka.zookeeper.connection.timeout.ms", "Kafka's clients do not use ZooKeeper today; remove it"),
            new ObsoleteName("kafka.zookeeper.sync.time.ms", "Kafka's clients do not use ZooKeeper today; remove it"),
            new ObsoleteName("kafka.offsets.storage", "brokers store the offsets today; remove it"),
            new ObsoleteName("kafka.dual.commit.enabled", "brokers store the offsets today; remove it"));

    /** Property names of the Kafka 0.8 producer, which Flume 1.6 passed on. */
    public static final List<ObsoleteName> OF_OLD_PRODUCERS = List.of(
            new ObsoleteName(
                    "serializer.class",
                    "write kafka.producer.value.serializer, with a serializer class of the current Kafka"),
            new ObsoleteName(
                    "key.serializer.class",
                    "write kafka.producer.key.serializer, with a serializer class of the current Kafka"),
            new ObsoleteName(
                    "kafka.serializer.class",
                    "write kafka.producer.value.serializer, with a serializer class of the current Kafka"),
            new ObsoleteName(
                    "kafka.key.serializer.class",
                    "write kafka.producer.key.serializer, with a serializer class of the current Kafka"),
            new ObsoleteName(
                    "kafka.producer.type",
                    "this plugin always sends asynchronously and waits for the acknowledgements; remove it"),
            new ObsoleteName("kafka.compression.codec", "write kafka.producer.compression.type instead"),
            new ObsoleteName("kafka.compressed.topics", "a producer compresses all its topics today; remove it"),
            new ObsoleteName("kafka.batch.num.messages", "write kafka.producer.batch.size, in bytes, instead"),
            new ObsoleteName("kafka.queue.buffering.max.ms", "write kafka.producer.linger.ms instead"),
            new ObsoleteName(
                    "kafka.queue.buffering.max.messages", "write kafka.producer.buffer.memory, in bytes, instead"),
            new ObsoleteName("kafka.queue.enqueue.timeout.ms", "write kafka.producer.max.block.ms instead"),
            new ObsoleteName("kafka.message.send.max.retries", "write kafka.producer.delivery.timeout.ms instead"),
            new ObsoleteName(
                    "kafka.topic.metadata.refresh.interval.ms", "write kafka.producer.metadata.max.age.ms instead"));

    private ClientProperties() {}

    /** Returns the brokers for dead letters, if they are not those of the component's other clients. */
    public static Optional<String> deadLetterCluster(PropertyValues values) {
        return values.find(DEAD_LETTER_BROKERS)
                .filter(brokers -> !values.find(BROKERS).filter(brokers::equals).isPresent());
    }

    /**
     * Returns the properties that are passed on to all clients of a component.
     *
     * @param definitions Kafka's definitions of those clients' properties
     */
    public static PropertyPrefix shared(ConfigDef... definitions) {
        return new PropertyPrefix.OfKafka(
                SHARED_PREFIX,
                "Any property of Kafka's clients, for all clients of the component, for example security settings."
                        + " The more specific prefixes override it.",
                List.of(definitions),
                Stream.of("deserializer", "serializer")
                        .flatMap(what -> encodings(what).stream())
                        .collect(Collectors.toSet()));
    }

    private static ValueType<String> acks() {
        ValueType<String> kafka = ValueType.kafka(ProducerConfig.configDef(), ProducerConfig.ACKS_CONFIG);
        // Both mean the same to Kafka, so they must be equal when a property and its former name are compared.
        Map<String, String> synonyms = Map.of("-1", "all");
        return new ValueType<>(kafka.allowed(), kafka.parser().andThen(value -> synonyms.getOrDefault(value, value)));
    }

    /** Kafka's string (de)serializers read these, although the clients' definitions do not have them. */
    private static Set<String> encodings(String what) {
        return Set.of(what + ".encoding", "key." + what + ".encoding", "value." + what + ".encoding");
    }
}
