// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.badrecord.ErrorProperties;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.client.ClientProperties;
import io.flafka.config.ObsoleteName;
import io.flafka.config.Property;
import io.flafka.config.PropertySet;
import io.flafka.config.ValueType;
import io.flafka.consume.offsets.ReadRange;
import io.flafka.event.HeaderProperties;
import io.flafka.event.TombstoneCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The properties of a channel. */
public final class ChannelProperties {

    static final Property<String> TOPIC = Property.of(
                    "kafka.topic", ValueType.topic(), "The topic that stores the channel's events.")
            .defaultsTo("flume-channel")
            .formerly("topic");

    static final Property<Boolean> PARSE_AS_FLUME_EVENT = Property.of(
                    "parseAsFlumeEvent",
                    ValueType.bool(),
                    "If true, a record's value is a whole Flume event in Avro: headers and body. If false, the value is the event's body;"
                            + " of the headers only `key` and those that `headers.include` matches are kept.")
            .defaultsTo("true");

    static final Property<Boolean> SET_RECORD_HEADERS = Property.of(
                    "setRecordHeaders",
                    ValueType.bool(),
                    "If true, each taken event gets the headers `kafka.topic`, `kafka.partition` and `kafka.offset` of its record, and"
                            + " `timestamp` if it has none. They do not change the topic that a Kafka sink writes to, unless its"
                            + " `topicHeader` names one of them.")
            .defaultsTo("false");

    static final Property<Integer> CAPACITY = Property.of(
            "capacity",
            ValueType.integerFrom(1),
            "Used only for the metrics `ChannelCapacity` and `ChannelFillPercentage`; it does not limit the channel.");

    static final Property<Integer> TRANSACTION_CAPACITY = Property.of(
            "transactionCapacity",
            ValueType.integerFrom(1),
            "The maximum number of events in one put transaction. Flume does not start sources and sinks whose batches are larger. Unlimited by default.");

    static final Property<Duration> POLL_TIMEOUT = Property.of(
                    "kafka.pollTimeout",
                    ValueType.millisFrom(0),
                    "How many milliseconds the first take of a transaction waits for an event. Later takes do not wait.")
            .defaultsTo("500")
            .formerly("pollTimeout", "timeout");

    static final Property<String> PARTITION_HEADER = Property.of(
            "partitionIdHeader",
            ValueType.text("the name of an event header"),
            "The event header with the partition number. An event without this header goes to `defaultPartitionId`, if that is set."
                    + " If the header's value is not a partition number, `errors.tolerance` decides what happens to the event.");

    static final Property<Integer> DEFAULT_PARTITION = Property.of(
            "defaultPartitionId",
            ValueType.integerFrom(0),
            "The partition of events without the `partitionIdHeader`. If neither is set, Kafka chooses the partition by the key.");

    static final Property<String> OFFSET_RESET = ClientProperties.OFFSET_RESET
            .defaultsTo("earliest")
            .formerly("readSmallestOffset", Map.of("true", "earliest", "false", "latest"));

    static final Property<TakeOrdering> ORDERING = Property.of(
                    "ordering",
                    ValueType.oneOf(TakeOrdering.class),
                    "`partition`: at most one open take transaction has events of a partition. Sinks see them in order, also after a"
                            + " rollback. `none`: any sink takes from any partition. A slow sink delays no other, but a rollback changes"
                            + " the order.")
            .defaultsTo("partition");

    static final Property<Integer> CONSUMERS = Property.of(
                    "consumers",
                    ValueType.integerFrom(1),
                    "How many Kafka consumers, each with its own thread, read the topic for all sinks together. Consumers beyond the"
                            + " number of partitions stay idle.")
            .defaultsTo("1");

    static final Property<Duration> COMMIT_INTERVAL = Property.of(
                    "kafka.commitIntervalMillis",
                    ValueType.millisFrom(0),
                    "How often, in milliseconds, the offsets of delivered events are committed. After a kill, events delivered in the last"
                            + " interval are delivered again. With `0`, the commit of each take transaction waits until Kafka has its"
                            + " offsets, rejects them, or does not answer within 30 s.")
            .defaultsTo("100")
            .inStock(
                    "0",
                    "a round trip per batch is most of the cost of a take; [decision 19](decisions/0019-offsets-at-intervals.md)");

    static final Property<Duration> REVOCATION_GRACE = Property.of(
                    "kafka.revocationGraceMillis",
                    ValueType.millisFrom(0),
                    "How many milliseconds a revoked partition waits for the open take transactions that have its events. The events of a"
                            + " transaction that takes longer are delivered again. The same applies when the channel stops.")
            .defaultsTo("5000")
            .inStock("0", "a rebalance during a take transaction delivered its events twice");

    static final Property<Integer> READ_AHEAD_RECORDS = Property.of(
                    "readAheadRecords",
                    ValueType.integerFrom(1),
                    "A partition is paused when this many of its records wait in memory for sinks, and resumed at half of that. One poll"
                            + " can exceed the limit.")
            .defaultsTo("10000");

    static final Property<Integer> READ_AHEAD_BYTES = Property.of(
                    "readAheadBytes",
                    ValueType.integerFrom(1),
                    "The same in bytes, for all partitions of one consumer together, in equal shares. Keys, values and headers count, plus"
                            + " 200 bytes per record and 96 per header for the Java objects.")
            .defaultsTo("16777216");

    static final Property<String> ISOLATION_LEVEL = Property.of(
                    ClientProperties.CONSUMER_PREFIX + ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    ValueType.kafka(ConsumerConfig.configDef(), ConsumerConfig.ISOLATION_LEVEL_CONFIG),
                    "`read_committed`: events of a Kafka transaction are taken after it is committed. `read_uncommitted`: they are taken at"
                            + " once, even if the transaction is aborted later.")
            .defaultsTo("read_committed")
            .inStock("read_uncommitted", "events of an aborted put must not be taken");

    /** All of them, as agent files are read and docs/ describes them. */
    public static final PropertySet SET = new PropertySet(
            "Kafka channel",
            ErrorProperties.appendedTo(List.of(
                    ClientProperties.BROKERS,
                    TOPIC,
                    ClientProperties.GROUP_ID,
                    OFFSET_RESET,
                    ReadRange.START_FROM,
                    ReadRange.STOP_AT,
                    ISOLATION_LEVEL,
                    PARSE_AS_FLUME_EVENT,
                    TombstoneCodec.KEEP_TOMBSTONES,
                    HeaderProperties.INCLUDE,
                    HeaderProperties.EXCLUDE,
                    HeaderProperties.CHARSET,
                    SET_RECORD_HEADERS,
                    CAPACITY,
                    TRANSACTION_CAPACITY,
                    POLL_TIMEOUT,
                    ORDERING,
                    CONSUMERS,
                    COMMIT_INTERVAL,
                    REVOCATION_GRACE,
                    READ_AHEAD_RECORDS,
                    READ_AHEAD_BYTES,
                    PARTITION_HEADER,
                    DEFAULT_PARTITION,
                    ClientProperties.ACKS,
                    ClientProperties.LINGER,
                    ClientProperties.BATCH_BYTES,
                    ClientProperties.TRANSACTIONAL_ID,
                    ClientProperties.PARTITIONER,
                    ClientProperties.NO_HOSTNAME_CHECK_SHARED,
                    ClientProperties.NO_HOSTNAME_CHECK_CONSUMER,
                    ClientProperties.NO_HOSTNAME_CHECK_PRODUCER,
                    ClientProperties.ZOOKEEPER,
                    ClientProperties.MIGRATE_OFFSETS,
                    ClientProperties.METRICS_INCLUDE)),
            List.of(
                    ClientProperties.CONSUMER,
                    ClientProperties.PRODUCER,
                    ClientProperties.DEAD_LETTERS,
                    ClientProperties.shared(ConsumerConfig.configDef(), ProducerConfig.configDef())),
            List.of("type"),
            Stream.of(
                            ClientProperties.OF_OLD_CONSUMERS,
                            ClientProperties.OF_OLD_PRODUCERS,
                            List.of(new ObsoleteName(
                                    "useFlumeEventFormat",
                                    "it is a property of sources and sinks; write parseAsFlumeEvent instead")))
                    .flatMap(List::stream)
                    .toList());

    private ChannelProperties() {}
}
