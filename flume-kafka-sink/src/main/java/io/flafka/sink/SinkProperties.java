// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.ErrorProperties;
import io.flafka.client.ClientProperties;
import io.flafka.config.ObsoleteName;
import io.flafka.config.Property;
import io.flafka.config.PropertyPrefix;
import io.flafka.config.PropertySet;
import io.flafka.config.ValueType;
import io.flafka.event.EventHeaders;
import io.flafka.event.HeaderProperties;
import io.flafka.event.TombstoneCodec;
import io.flafka.exactlyonce.DeliveryGuarantee;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Declares the properties of a sink. */
public final class SinkProperties {

    private static final String EVENT_HEADER = "the name of an event header";
    private static final String NO_FIXED_KEY =
            "write defaultKey instead; keyHeader names the event header that has the key";

    static final Property<String> TOPIC = Property.of(
                    "kafka.topic",
                    ValueType.topicTemplate(),
                    "The topic of events whose header names no topic. Flume's escapes such as `%{host}` are resolved for each event.")
            .defaultsTo("default-flume-topic")
            .formerly("topic", "kafka.topics");

    static final Property<Integer> BATCH_SIZE = Property.of(
                    "flumeBatchSize",
                    ValueType.integerFrom(1),
                    "The maximum number of events in one transaction of the channel. The channel's `transactionCapacity` must be at least this."
                            + " If not set: the channel's `transactionCapacity`, but at most 1000, and no more than 100 if their bodies have 1 MB or more together;"
                            + " 100 if the channel does not tell its capacity.")
            .formerly("batchSize", "kafka.flumeBatchSize", "kafka.batchSize");

    static final Property<Integer> MAX_IN_FLIGHT_BATCHES = Property.of(
                    "maxInFlightBatches",
                    ValueType.integerFrom(1),
                    "The maximum number of batches in flight to Kafka at the same time. Each has its own thread and its own transaction of the channel."
                            + " More than 1 is faster if the network delay to the brokers is high.")
            .defaultsTo("1");

    static final Property<DeliveryGuarantee> DELIVERY_GUARANTEE = Property.of(
                    "delivery.guarantee",
                    ValueType.oneOf(DeliveryGuarantee.class),
                    "`exactly-once`: the sink commits the offsets of its Kafka channel in the Kafka transaction that writes the events, so that a"
                            + " consumer with `isolation.level = read_committed` sees each event once. Needs `kafka.producer.transactional.id`, and"
                            + " a Kafka channel of the same cluster with `ordering = partition`, all of whose sinks have this property.")
            .defaultsTo("at-least-once");

    static final Property<Boolean> ALLOW_TOPIC_OVERRIDE = Property.of(
                    "allowTopicOverride", ValueType.bool(), "Whether an event header may name the topic.")
            .defaultsTo("true");

    static final Property<String> TOPIC_HEADER = Property.of(
                    "topicHeader", ValueType.text(EVENT_HEADER), "The event header that may name the topic.")
            .defaultsTo(EventHeaders.TOPIC);

    static final Property<AllowedTopics> ALLOWED_TOPICS = Property.of(
                    "allowedTopics",
                    AllowedTopics.type(),
                    "The topics that `topicHeader` may name, for example `orders,logs-.*`. An event whose header names another topic goes to"
                            + " `kafka.topic`. With the default, whoever can set the header chooses among all topics that the sink may write.")
            .defaultsTo(".*");

    static final Property<Boolean> ALLOW_TOPIC_OF_ORIGIN = Property.of(
                    "allowTopicOfOrigin",
                    ValueType.bool(),
                    "Whether an event may go back to the topic that a Kafka source read it from. The source sets `topicHeader` to that topic."
                            + " If `false`, such an event goes to `kafka.topic`; with default properties, a source and a sink would otherwise form an endless loop.")
            .defaultsTo("false")
            .inStock("true", "a source and a sink with default properties formed an endless loop");

    static final Property<String> KEY_HEADER = Property.of(
                    "keyHeader", ValueType.text(EVENT_HEADER), "The event header that has the record's key.")
            .defaultsTo(EventHeaders.KEY);

    static final Property<String> DEFAULT_KEY = Property.of(
            "defaultKey",
            ValueType.text("a string"),
            "The key of events without the `keyHeader`. All records with the same key go to one partition, unless the partition is named otherwise.");

    static final Property<String> PARTITION_HEADER = Property.of(
            "partitionIdHeader",
            ValueType.text(EVENT_HEADER),
            "The event header that has the number of the partition. It takes precedence over `defaultPartitionId`.");

    static final Property<Integer> DEFAULT_PARTITION = Property.of(
            "defaultPartitionId",
            ValueType.integerFrom(0),
            "The partition of events whose header names none. If neither is set, Kafka chooses the partition by the key.");

    static final Property<String> TIMESTAMP_HEADER = Property.of(
            "timestampHeader",
            ValueType.text(EVENT_HEADER),
            "The event header that has the record's timestamp in milliseconds since 1970. Without a valid one, the record gets the time of sending.");

    static final Property<String> ACKS = ClientProperties.ACKS.inStock(
            "1",
            "a record that only the leader has is lost if the leader fails; `all` also makes the producer idempotent");

    static final Property<String> LINGER = Property.of(
            ClientProperties.PRODUCER_PREFIX + ProducerConfig.LINGER_MS_CONFIG,
            ValueType.kafka(ProducerConfig.configDef(), ProducerConfig.LINGER_MS_CONFIG),
            "How many milliseconds Kafka's client waits for more records before it sends a request. If not set: 1, or 0 if `maxInFlightBatches`"
                    + " is more than 1. With one batch in flight, the client stops waiting when the batch ends.");

    static final Property<Boolean> USE_FLUME_EVENT_FORMAT = Property.of(
                    "useFlumeEventFormat",
                    ValueType.bool(),
                    "Whether a record's value is the whole Flume event in Avro, with headers and body. If `false`, it is the body only.")
            .defaultsTo("false");

    static final String HEADER_PREFIX = "header.";
    static final String CONSTANT_HEADER_PREFIX = "headers.constant.";

    /** All of them, as agent files are read and docs/ describes them. */
    public static final PropertySet SET = new PropertySet(
            "Kafka sink",
            ErrorProperties.appendedTo(List.of(
                    ClientProperties.BROKERS,
                    TOPIC,
                    ALLOW_TOPIC_OVERRIDE,
                    TOPIC_HEADER,
                    ALLOWED_TOPICS,
                    ALLOW_TOPIC_OF_ORIGIN,
                    KEY_HEADER,
                    DEFAULT_KEY,
                    BATCH_SIZE,
                    MAX_IN_FLIGHT_BATCHES,
                    DELIVERY_GUARANTEE,
                    PARTITION_HEADER,
                    DEFAULT_PARTITION,
                    TIMESTAMP_HEADER,
                    USE_FLUME_EVENT_FORMAT,
                    TombstoneCodec.KEEP_TOMBSTONES,
                    HeaderProperties.INCLUDE,
                    HeaderProperties.EXCLUDE,
                    HeaderProperties.CHARSET,
                    ACKS,
                    LINGER,
                    ClientProperties.BATCH_BYTES,
                    ClientProperties.TRANSACTIONAL_ID,
                    ClientProperties.PARTITIONER,
                    ClientProperties.NO_HOSTNAME_CHECK_SHARED,
                    ClientProperties.NO_HOSTNAME_CHECK_PRODUCER,
                    ClientProperties.METRICS_INCLUDE)),
            List.of(
                    new PropertyPrefix.Free(
                            HEADER_PREFIX,
                            "header.<event header> = <record header>",
                            "Writes the event header as a record header of that name."),
                    new PropertyPrefix.Free(
                            CONSTANT_HEADER_PREFIX,
                            "headers.constant.<record header> = <text>",
                            "Adds this header to every record, in UTF-8, before the headers that the event gives it."),
                    ClientProperties.PRODUCER,
                    ClientProperties.DEAD_LETTERS,
                    ClientProperties.shared(ProducerConfig.configDef())),
            List.of("type", "channel"),
            Stream.concat(ClientProperties.OF_OLD_PRODUCERS.stream(), obsoleteNames())
                    .toList());

    private SinkProperties() {}

    /** Returns names of the source, of the channel, and of the Kafka plugin from 2013, before Flume had a Kafka sink. */
    private static Stream<ObsoleteName> obsoleteNames() {
        return Stream.of(
                new ObsoleteName("zookeeperConnect", "a sink does not use ZooKeeper; remove it"),
                new ObsoleteName("kafka.zookeeper.connect", "a sink does not use ZooKeeper; remove it"),
                new ObsoleteName(
                        "parseAsFlumeEvent", "it is a property of the channel; write useFlumeEventFormat instead"),
                new ObsoleteName("custom.topic.name", "write kafka.topic instead"),
                new ObsoleteName("custom.partition.key", NO_FIXED_KEY),
                new ObsoleteName("partition.key", NO_FIXED_KEY),
                new ObsoleteName("custom.encoding", "the bytes of an event's body are never changed; remove it"),
                new ObsoleteName("max.message.size", "write kafka.producer.max.request.size instead"),
                new ObsoleteName(
                        "producer.type",
                        "the producer always sends asynchronously, and the sink waits for the acknowledgements; remove it"));
    }
}
