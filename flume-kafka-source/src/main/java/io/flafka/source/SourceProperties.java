// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.ErrorProperties;
import io.flafka.client.ClientProperties;
import io.flafka.config.ObsoleteName;
import io.flafka.config.Property;
import io.flafka.config.PropertyPrefix;
import io.flafka.config.PropertySet;
import io.flafka.config.ValueType;
import io.flafka.event.EventHeaders;
import io.flafka.event.HeaderProperties;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The properties of a source. */
final class SourceProperties {

    static final Property<List<String>> TOPICS = Property.of(
                    "kafka.topics",
                    ValueType.topics(),
                    "The topics to read. Required unless `kafka.topics.regex` is given.")
            .formerly("topic", "kafka.topic");

    static final Property<Pattern> TOPICS_REGEX = Property.of(
            "kafka.topics.regex",
            ValueType.regex(),
            "Read all topics whose whole name matches, also those created later. It wins over `kafka.topics`.");

    static final Property<Integer> BATCH_SIZE = Property.of(
                    "batchSize",
                    ValueType.integerFrom(1),
                    "The most events in one transaction of the channel, whose `transactionCapacity` must be at least this.")
            .defaultsTo("1000")
            .formerly("maxBatchSize");

    static final Property<Integer> MIN_BATCH_SIZE = Property.of(
                    "minBatchSize",
                    ValueType.integerFrom(1),
                    "How many events to wait for, up to `batchDurationMillis`, once there is one. With `1` a batch is never held back."
                            + " Above `batchSize` it means `batchSize`.")
            .defaultsTo("1")
            .inStock(
                    "1000",
                    "stock fills a batch for up to `batchDurationMillis`; here a record reaches the channel in milliseconds");

    static final Property<Duration> BATCH_DURATION = Property.of(
                    "batchDurationMillis",
                    ValueType.millisFrom(0),
                    "How long, in milliseconds, one look for records lasts while there are none, and at most the wait for `minBatchSize`.")
            .defaultsTo("1000")
            .formerly("maxBatchDurationMillis");

    static final Property<Duration> BACKOFF_SLEEP_INCREMENT = Property.of(
                    "backoffSleepIncrement",
                    ValueType.millisFrom(0),
                    "By how many milliseconds Flume's pause grows with each further attempt that brought nothing.")
            .defaultsTo("1000");

    static final Property<Duration> MAX_BACKOFF_SLEEP = Property.of(
                    "maxBackoffSleep", ValueType.millisFrom(0), "The longest such pause in milliseconds.")
            .defaultsTo("5000");

    static final Property<Boolean> USE_FLUME_EVENT_FORMAT = Property.of(
                    "useFlumeEventFormat",
                    ValueType.bool(),
                    "Whether a record's value is a whole Flume event, headers and body, in Avro; else it is the body.")
            .defaultsTo("false");

    static final Property<Boolean> SET_TOPIC_HEADER = Property.of(
                    "setTopicHeader",
                    ValueType.bool(),
                    "Whether each event gets a header with the name of the topic it was read from.")
            .defaultsTo("true");

    static final Property<String> TOPIC_HEADER = Property.of(
                    "topicHeader", ValueType.text("the name of an event header"), "The name of that header.")
            .defaultsTo(EventHeaders.TOPIC);

    static final String HEADER_PREFIX = "header.";

    /** Flume reads it: the interceptors' names. */
    static final String INTERCEPTORS = "interceptors";

    static final PropertySet SET = new PropertySet(
            "Kafka source",
            ErrorProperties.appendedTo(List.of(
                    ClientProperties.BROKERS,
                    TOPICS,
                    TOPICS_REGEX,
                    ClientProperties.GROUP_ID,
                    ClientProperties.OFFSET_RESET,
                    BATCH_SIZE,
                    MIN_BATCH_SIZE,
                    BATCH_DURATION,
                    BACKOFF_SLEEP_INCREMENT,
                    MAX_BACKOFF_SLEEP,
                    USE_FLUME_EVENT_FORMAT,
                    SET_TOPIC_HEADER,
                    TOPIC_HEADER,
                    HeaderProperties.INCLUDE,
                    HeaderProperties.EXCLUDE,
                    HeaderProperties.CHARSET,
                    ClientProperties.NO_HOSTNAME_CHECK_SHARED,
                    ClientProperties.NO_HOSTNAME_CHECK_CONSUMER,
                    ClientProperties.NO_HOSTNAME_CHECK_PRODUCER,
                    ClientProperties.ZOOKEEPER,
                    ClientProperties.MIGRATE_OFFSETS)),
            List.of(
                    new PropertyPrefix.Free(
                            HEADER_PREFIX,
                            "header.<event header> = <record header>",
                            "The record header becomes the event header, in place of one of that name."),
                    ClientProperties.CONSUMER,
                    ClientProperties.DEAD_LETTER_PRODUCER,
                    ClientProperties.shared(ConsumerConfig.configDef(), ProducerConfig.configDef())),
            List.of("type", "channels", INTERCEPTORS, INTERCEPTORS + ".", "selector."),
            Stream.concat(ClientProperties.OF_OLD_CONSUMERS.stream(), ofOthers())
                    .toList());

    private SourceProperties() {}

    /** Of stock's sink, of the channel, and of the plugin from before Flume had a source of its own. */
    private static Stream<ObsoleteName> ofOthers() {
        return Stream.of(
                new ObsoleteName(
                        "timestampHeader",
                        "the record's timestamp is always in the header " + EventHeaders.TIMESTAMP + "; remove it"),
                new ObsoleteName("parseAsFlumeEvent", "it is a channel's; write useFlumeEventFormat instead"),
                new ObsoleteName("custom.topic.name", "write kafka.topics instead"),
                new ObsoleteName(
                        "custom.thread.per.consumer",
                        "a source reads with one thread; write more sources, or remove it"),
                new ObsoleteName("auto.commit.enable", "offsets are committed when the events are safe; remove it"),
                new ObsoleteName(
                        "auto.commit.interval.ms", "offsets are committed when the events are safe; remove it"),
                new ObsoleteName("zookeeper.session.timeout.ms", "Kafka's clients do not use ZooKeeper; remove it"),
                new ObsoleteName("zookeeper.sync.time.ms", "Kafka's clients do not use ZooKeeper; remove it"));
    }
}
