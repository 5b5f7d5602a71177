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
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The properties of a sink. */
final class SinkProperties {

    private static final String EVENT_HEADER = "the name of an event header";
    private static final String KEY_TODAY = "the key is in a header of the event, which keyHeader names; remove it";

    static final Property<String> TOPIC = Property.of(
                    "kafka.topic",
                    ValueType.topicTemplate(),
                    "Where events go whose header names no topic. Flume's escapes such as `%{host}` are replaced for each event.")
            .defaultsTo("default-flume-topic")
            .formerly("topic", "kafka.topics");

    static final Property<Integer> BATCH_SIZE = Property.of(
                    "flumeBatchSize",
                    ValueType.integerFrom(1),
                    "The most events in one transaction of the channel, whose `transactionCapacity` must be at least this.")
            .defaultsTo("100")
            .formerly("batchSize", "kafka.flumeBatchSize", "kafka.batchSize");

    static final Property<Integer> MAX_IN_FLIGHT_BATCHES = Property.of(
                    "maxInFlightBatches",
                    ValueType.integerFrom(1),
                    "How many batches may be on their way to Kafka at once, each with a thread and a transaction of the channel of its own."
                            + " More than 1 is faster where the brokers are not near.")
            .defaultsTo("1");

    static final Property<Boolean> ALLOW_TOPIC_OVERRIDE = Property.of(
                    "allowTopicOverride", ValueType.bool(), "Whether a header of the event may name the topic.")
            .defaultsTo("true");

    static final Property<String> TOPIC_HEADER = Property.of(
                    "topicHeader", ValueType.text(EVENT_HEADER), "The name of that header.")
            .defaultsTo(EventHeaders.TOPIC);

    static final Property<AllowedTopics> ALLOWED_TOPICS = Property.of(
                    "allowedTopics",
                    AllowedTopics.type(),
                    "The topics that the header may name, for example `orders,logs-.*`. An event whose header names another goes to `kafka.topic`.")
            .defaultsTo(".*");

    static final Property<Boolean> ALLOW_TOPIC_OF_ORIGIN = Property.of(
                    "allowTopicOfOrigin",
                    ValueType.bool(),
                    "Whether the header may name the topic that a Kafka source has read the event from, as the source itself has set it."
                            + " Else such an event goes to `kafka.topic`: back to its topic it would go round for ever.")
            .defaultsTo("false")
            .inStock("true", "a source and a sink with default properties wrote in a circle");

    static final Property<String> KEY_HEADER = Property.of(
                    "keyHeader", ValueType.text(EVENT_HEADER), "The name of the header that has the record's key.")
            .defaultsTo(EventHeaders.KEY);

    static final Property<String> PARTITION_HEADER = Property.of(
            "partitionIdHeader",
            ValueType.text(EVENT_HEADER),
            "The header that has the number of the partition. It wins over `defaultPartitionId`.");

    static final Property<Integer> DEFAULT_PARTITION = Property.of(
            "defaultPartitionId",
            ValueType.integerFrom(0),
            "The partition of all events whose header names none; without it Kafka chooses by the key.");

    static final Property<String> TIMESTAMP_HEADER = Property.of(
            "timestampHeader",
            ValueType.text(EVENT_HEADER),
            "The header that has the record's timestamp in milliseconds since 1970; without it the record has the time of sending.");

    static final Property<String> ACKS = ClientProperties.ACKS.inStock(
            "1",
            "a record that only the leader has acknowledged is lost with it; `all` also makes the producer idempotent");

    static final Property<String> LINGER = Property.of(
            ClientProperties.PRODUCER_PREFIX + ProducerConfig.LINGER_MS_CONFIG,
            ValueType.kafka(ProducerConfig.configDef(), ProducerConfig.LINGER_MS_CONFIG),
            "How long Kafka's client waits for more records: 1 unless set, and 0 with several batches in flight, each of which would wait. A single batch leaves at its"
                    + " end in any case.");

    static final Property<Boolean> USE_FLUME_EVENT_FORMAT = Property.of(
                    "useFlumeEventFormat",
                    ValueType.bool(),
                    "Whether a record's value is a whole Flume event, headers and body, in Avro; else it is the body.")
            .defaultsTo("false");

    static final String HEADER_PREFIX = "header.";

    static final PropertySet SET = new PropertySet(
            "Kafka sink",
            ErrorProperties.appendedTo(List.of(
                    ClientProperties.BROKERS,
                    TOPIC,
                    ALLOW_TOPIC_OVERRIDE,
                    TOPIC_HEADER,
                    ALLOWED_TOPICS,
                    ALLOW_TOPIC_OF_ORIGIN,
                    KEY_HEADER,
                    BATCH_SIZE,
                    MAX_IN_FLIGHT_BATCHES,
                    PARTITION_HEADER,
                    DEFAULT_PARTITION,
                    TIMESTAMP_HEADER,
                    USE_FLUME_EVENT_FORMAT,
                    HeaderProperties.INCLUDE,
                    HeaderProperties.EXCLUDE,
                    HeaderProperties.CHARSET,
                    ACKS,
                    LINGER,
                    ClientProperties.BATCH_BYTES,
                    ClientProperties.TRANSACTIONAL_ID,
                    ClientProperties.PARTITIONER,
                    ClientProperties.NO_HOSTNAME_CHECK_SHARED,
                    ClientProperties.NO_HOSTNAME_CHECK_PRODUCER)),
            List.of(
                    new PropertyPrefix.Free(
                            HEADER_PREFIX,
                            "header.<event header> = <record header>",
                            "The event header becomes the record header."),
                    ClientProperties.PRODUCER,
                    ClientProperties.shared(ProducerConfig.configDef())),
            List.of("type", "channel"),
            Stream.concat(ClientProperties.OF_OLD_PRODUCERS.stream(), ofOthers())
                    .toList());

    private SinkProperties() {}

    /** Of the source, of the channel, and of the plugin from before Flume had a sink of its own. */
    private static Stream<ObsoleteName> ofOthers() {
        return Stream.of(
                new ObsoleteName("zookeeperConnect", "a sink does not use ZooKeeper; remove it"),
                new ObsoleteName("kafka.zookeeper.connect", "a sink does not use ZooKeeper; remove it"),
                new ObsoleteName("parseAsFlumeEvent", "it is a channel's; write useFlumeEventFormat instead"),
                new ObsoleteName("custom.topic.name", "write kafka.topic instead"),
                new ObsoleteName("custom.partition.key", KEY_TODAY),
                new ObsoleteName("partition.key", KEY_TODAY),
                new ObsoleteName("custom.encoding", "an event's body is written as it is; remove it"),
                new ObsoleteName("max.message.size", "write kafka.producer.max.request.size instead"),
                new ObsoleteName(
                        "producer.type", "every producer sends asynchronously and waits at the end; remove it"));
    }
}
