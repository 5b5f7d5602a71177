// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.ErrorProperties;
import io.flafka.client.ClientProperties;
import io.flafka.config.ObsoleteName;
import io.flafka.config.Property;
import io.flafka.config.PropertyPrefix;
import io.flafka.config.PropertySet;
import io.flafka.config.ValueType;
import io.flafka.consume.offsets.ReadRange;
import io.flafka.event.EventHeaders;
import io.flafka.event.HeaderProperties;
import io.flafka.event.TombstoneCodec;
import io.flafka.exactlyonce.DeliveryGuarantee;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Declares the properties of a source. */
public final class SourceProperties {

    static final Property<List<String>> TOPICS = Property.of(
                    "kafka.topics",
                    ValueType.topics(),
                    "The topics to read. Required unless `kafka.topics.regex` is given.")
            .formerly("topic", "kafka.topic");

    static final Property<Pattern> TOPICS_REGEX = Property.of(
            "kafka.topics.regex",
            ValueType.regex(),
            "Read all topics whose whole name matches, also those created later. If set, `kafka.topics` has no effect.");

    static final Property<Integer> BATCH_SIZE = Property.of(
                    "batchSize",
                    ValueType.integerFrom(1),
                    "The maximum number of events per channel transaction. The channel's `transactionCapacity` must be at least this.")
            .defaultsTo("1000")
            .formerly("maxBatchSize");

    static final Property<DeliveryGuarantee> DELIVERY_GUARANTEE = Property.of(
                    "delivery.guarantee",
                    ValueType.oneOf(DeliveryGuarantee.class),
                    "`exactly-once`: the source's Kafka channel commits the offsets of the records in the Kafka transaction that writes their"
                            + " events, so that each record is in the channel's topic once. Needs exactly one channel: a Kafka channel of the same"
                            + " cluster, with `kafka.producer.transactional.id`.")
            .defaultsTo("at-least-once");

    static final Property<Integer> MIN_BATCH_SIZE = Property.of(
                    "minBatchSize",
                    ValueType.integerFrom(1),
                    "After the first event, wait for this many events, for at most `batchDurationMillis`. `1` never delays a batch."
                            + " A value above `batchSize` counts as `batchSize`.")
            .defaultsTo("1")
            .inStock(
                    "1000",
                    "stock waits up to `batchDurationMillis` to fill a batch; here a record reaches the channel in milliseconds");

    static final Property<Duration> BATCH_DURATION = Property.of(
                    "batchDurationMillis",
                    ValueType.millisFrom(0),
                    "How many milliseconds a poll waits for the first record (at least 50), and at most for `minBatchSize` events.")
            .defaultsTo("1000")
            .formerly("maxBatchDurationMillis");

    static final Property<Duration> BACKOFF_SLEEP_INCREMENT = Property.of(
                    "backoffSleepIncrement",
                    ValueType.millisFrom(0),
                    "How many milliseconds Flume's pause grows after each further attempt that fails, for example because a channel is full.")
            .defaultsTo("1000");

    static final Property<Duration> MAX_BACKOFF_SLEEP = Property.of(
                    "maxBackoffSleep",
                    ValueType.millisFrom(0),
                    "Flume's longest pause between two attempts, in milliseconds. At most half of"
                            + " `kafka.consumer.max.poll.interval.ms`.")
            .defaultsTo("5000");

    static final Property<Boolean> USE_FLUME_EVENT_FORMAT = Property.of(
                    "useFlumeEventFormat",
                    ValueType.bool(),
                    "If true, a record's value is a whole Flume event in Avro: headers and body. If false, the value is the event's body.")
            .defaultsTo("false");

    static final Property<Boolean> SET_TOPIC_HEADER = Property.of(
                    "setTopicHeader", ValueType.bool(), "If true, each event gets a header with the name of its topic.")
            .defaultsTo("true");

    static final Property<String> TOPIC_HEADER = Property.of(
                    "topicHeader",
                    ValueType.text("the name of an event header"),
                    "The event header for the topic's name, if `setTopicHeader` is true.")
            .defaultsTo(EventHeaders.TOPIC);

    static final String HEADER_PREFIX = "header.";

    /** The names of the interceptors. Flume itself reads this property. */
    static final String INTERCEPTORS = "interceptors";

    /** All of them, as agent files are read and docs/ describes them. */
    public static final PropertySet SET = new PropertySet(
            "Kafka source",
            ErrorProperties.appendedTo(List.of(
                    ClientProperties.BROKERS,
                    TOPICS,
                    TOPICS_REGEX,
                    ClientProperties.GROUP_ID,
                    ClientProperties.OFFSET_RESET,
                    ReadRange.START_FROM,
                    ReadRange.STOP_AT,
                    BATCH_SIZE,
                    DELIVERY_GUARANTEE,
                    MIN_BATCH_SIZE,
                    BATCH_DURATION,
                    BACKOFF_SLEEP_INCREMENT,
                    MAX_BACKOFF_SLEEP,
                    USE_FLUME_EVENT_FORMAT,
                    TombstoneCodec.KEEP_TOMBSTONES,
                    SET_TOPIC_HEADER,
                    TOPIC_HEADER,
                    HeaderProperties.INCLUDE,
                    HeaderProperties.EXCLUDE,
                    HeaderProperties.CHARSET,
                    ClientProperties.NO_HOSTNAME_CHECK_SHARED,
                    ClientProperties.NO_HOSTNAME_CHECK_CONSUMER,
                    ClientProperties.NO_HOSTNAME_CHECK_PRODUCER,
                    ClientProperties.ZOOKEEPER,
                    ClientProperties.MIGRATE_OFFSETS,
                    ClientProperties.METRICS_INCLUDE)),
            List.of(
                    new PropertyPrefix.Free(
                            HEADER_PREFIX,
                            "header.<event header> = <record header>",
                            "The record header becomes the event header. It replaces an event header with that name."),
                    ClientProperties.CONSUMER,
                    ClientProperties.DEAD_LETTER_PRODUCER,
                    ClientProperties.DEAD_LETTERS,
                    ClientProperties.shared(ConsumerConfig.configDef(), ProducerConfig.configDef())),
            List.of("type", "channels", INTERCEPTORS, INTERCEPTORS + ".", "selector."),
            Stream.concat(ClientProperties.OF_OLD_CONSUMERS.stream(), ofOtherComponents())
                    .toList());

    private SourceProperties() {}

    /** Names of Flume's own sink and channel, and of the plugin that existed before Flume had a Kafka source. */
    private static Stream<ObsoleteName> ofOtherComponents() {
        return Stream.of(
                new ObsoleteName(
                        "timestampHeader",
                        "the record's timestamp is always in the header " + EventHeaders.TIMESTAMP + "; remove it"),
                new ObsoleteName(
                        "parseAsFlumeEvent", "it is a property of the channel; write useFlumeEventFormat instead"),
                new ObsoleteName("custom.topic.name", "write kafka.topics instead"),
                new ObsoleteName(
                        "custom.thread.per.consumer",
                        "a source reads with one thread; configure more sources, or remove it"),
                new ObsoleteName(
                        "auto.commit.enable", "offsets are committed after the channels have the events; remove it"),
                new ObsoleteName(
                        "auto.commit.interval.ms",
                        "offsets are committed after the channels have the events; remove it"),
                new ObsoleteName("zookeeper.session.timeout.ms", "Kafka's clients do not use ZooKeeper; remove it"),
                new ObsoleteName("zookeeper.sync.time.ms", "Kafka's clients do not use ZooKeeper; remove it"));
    }
}
