// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.badrecord.ErrorProperties;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.client.ClientProperties;
import io.flafka.config.ObsoleteName;
import io.flafka.config.Property;
import io.flafka.config.PropertySet;
import io.flafka.config.ValueType;
import io.flafka.event.HeaderProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The properties of a channel. */
final class ChannelProperties {

    static final Property<String> TOPIC = Property.of(
                    "kafka.topic", ValueType.topic(), "The topic that keeps the channel's events.")
            .defaultsTo("flume-channel")
            .formerly("topic");

    static final Property<Boolean> PARSE_AS_FLUME_EVENT = Property.of(
                    "parseAsFlumeEvent",
                    ValueType.bool(),
                    "Whether a record's value is a whole Flume event, headers and body, in Avro. Else it is the body, and of the"
                            + " headers the key is kept, and what `headers.include` names.")
            .defaultsTo("true");

    static final Property<Boolean> SET_RECORD_HEADERS = Property.of(
                    "setRecordHeaders",
                    ValueType.bool(),
                    "Whether a taken event gets the headers `kafka.topic`, `kafka.partition`, `kafka.offset` and, unless it has one,"
                            + " `timestamp` of its record. None of them leads a Kafka sink to another topic.")
            .defaultsTo("false");

    static final Property<Integer> CAPACITY = Property.of(
            "capacity",
            ValueType.integerFrom(1),
            "What `ChannelCapacity` and `ChannelFillPercentage` are measured against. It bounds nothing: the topic keeps what it keeps.");

    static final Property<Integer> TRANSACTION_CAPACITY = Property.of(
            "transactionCapacity",
            ValueType.integerFrom(1),
            "The most events in one transaction that puts. Flume refuses sources and sinks with a larger batch. No bound without it.");

    static final Property<Duration> POLL_TIMEOUT = Property.of(
                    "kafka.pollTimeout",
                    ValueType.millisFrom(0),
                    "How many milliseconds the first take of a transaction waits for an event. A later one does not wait.")
            .defaultsTo("500")
            .formerly("pollTimeout", "timeout");

    static final Property<String> PARTITION_HEADER = Property.of(
            "partitionIdHeader",
            ValueType.text("the name of an event header"),
            "The header that has the number of the partition. It wins over `defaultPartitionId`.");

    static final Property<Integer> DEFAULT_PARTITION = Property.of(
            "defaultPartitionId",
            ValueType.integerFrom(0),
            "The partition of all events whose header names none; without it Kafka chooses by the key.");

    static final Property<String> OFFSET_RESET = ClientProperties.OFFSET_RESET
            .defaultsTo("earliest")
            .formerly("readSmallestOffset", Map.of("true", "earliest", "false", "latest"));

    static final Property<TakeOrdering> ORDERING = Property.of(
                    "ordering",
                    ValueType.oneOf(TakeOrdering.class),
                    "`partition`: a partition's events are in at most one open take transaction, so that sinks see them in order whatever"
                            + " is rolled back. `none`: any sink takes from any partition, so that a slow one holds up no other.")
            .defaultsTo("partition");

    static final Property<Integer> CONSUMERS = Property.of(
                    "consumers",
                    ValueType.integerFrom(1),
                    "How many Kafka consumers, each with a thread of its own, read the topic for all sinks together."
                            + " More than partitions are of no use.")
            .defaultsTo("1");

    static final Property<Duration> COMMIT_INTERVAL = Property.of(
                    "kafka.commitIntervalMillis",
                    ValueType.millisFrom(0),
                    "How often, in milliseconds, Kafka is told which events sinks are done with; a kill repeats those of the last interval."
                            + " 0: the end of each take transaction waits until Kafka knows it, refuses it, or has not answered in 30 s.")
            .defaultsTo("100")
            .inStock(
                    "0",
                    "a round trip for each batch is most of what a take costs; [decision 19](decisions/0019-offsets-at-intervals.md)");

    static final Property<Duration> REVOCATION_GRACE = Property.of(
                    "kafka.revocationGraceMillis",
                    ValueType.millisFrom(0),
                    "How long, in milliseconds, a partition that goes to another agent waits for the take transactions that hold it;"
                            + " the events of one that takes longer are delivered twice. The same holds when the channel stops.")
            .defaultsTo("5000")
            .inStock("0", "a rebalance while a take transaction is open delivered its events twice");

    static final Property<Integer> READ_AHEAD_RECORDS = Property.of(
                    "readAheadRecords",
                    ValueType.integerFrom(1),
                    "The most records of a partition that are kept in memory ahead of the sinks.")
            .defaultsTo("10000");

    static final Property<Integer> READ_AHEAD_BYTES = Property.of(
                    "readAheadBytes",
                    ValueType.integerFrom(1),
                    "The most bytes of all partitions together that are kept in memory ahead of the sinks, in equal shares. Keys, values and headers"
                            + " count, and 200 bytes per record and 96 per header for the objects.")
            .defaultsTo("16777216");

    static final Property<String> ISOLATION_LEVEL = Property.of(
                    ClientProperties.CONSUMER_PREFIX + ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    ValueType.kafka(ConsumerConfig.configDef(), ConsumerConfig.ISOLATION_LEVEL_CONFIG),
                    "Whether events of a Kafka transaction are taken once it is committed, or at once, even if it will be aborted.")
            .defaultsTo("read_committed")
            .inStock("read_uncommitted", "a put that was aborted must not be taken");

    static final PropertySet SET = new PropertySet(
            "Kafka channel",
            ErrorProperties.appendedTo(List.of(
                    ClientProperties.BROKERS,
                    TOPIC,
                    ClientProperties.GROUP_ID,
                    OFFSET_RESET,
                    ISOLATION_LEVEL,
                    PARSE_AS_FLUME_EVENT,
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
                    ClientProperties.MIGRATE_OFFSETS)),
            List.of(
                    ClientProperties.CONSUMER,
                    ClientProperties.PRODUCER,
                    ClientProperties.shared(ConsumerConfig.configDef(), ProducerConfig.configDef())),
            List.of("type"),
            Stream.of(
                            ClientProperties.OF_OLD_CONSUMERS,
                            ClientProperties.OF_OLD_PRODUCERS,
                            List.of(new ObsoleteName(
                                    "useFlumeEventFormat",
                                    "it is a source's and a sink's; write parseAsFlumeEvent instead")))
                    .flatMap(List::stream)
                    .toList());

    private ChannelProperties() {}
}
