// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.channel.put.PutSettings;
import io.flafka.channel.read.ReadSettings;
import io.flafka.channel.take.ReadAheadLimits;
import io.flafka.channel.take.RecordToChannelEvent;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.channel.take.TakeSettings;
import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettings;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.client.SmallHeapDefaults;
import io.flafka.config.NamePatterns;
import io.flafka.config.Problems;
import io.flafka.config.PropertyValues;
import io.flafka.consume.offsets.ReadRange;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderProperties;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;
import io.flafka.event.RawEventCodec;
import io.flafka.event.TombstoneCodec;
import io.flafka.zookeeper.ZooKeeperUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a channel, read from an agent file and checked.
 *
 * @param puts how events become records
 * @param takes how records become events, and which of them a take transaction gets
 * @param reads what the readers have in common
 * @param capacity the number of events at which {@code ChannelFillPercentage} is 100; {@link Long#MAX_VALUE} without a limit
 * @param errors how records are handled that can never be delivered
 * @param clients the settings of the Kafka clients
 * @param kafkaMetrics which metrics of Kafka's clients the channel shows
 */
public record ChannelSettings(
        PutSettings puts,
        TakeSettings takes,
        ReadSettings reads,
        long capacity,
        ErrorTolerance errors,
        ChannelSettings.Clients clients,
        NamePatterns kafkaMetrics) {

    /**
     * The settings of the Kafka clients.
     *
     * @param producer the settings of the producer
     * @param consumers the settings of each consumer, one or more
     * @param zookeeper whether brokers or offsets are read from ZooKeeper
     */
    public record Clients(ClientSettings producer, List<ClientSettings> consumers, ZooKeeperUse zookeeper) {

        private Clients with(UnaryOperator<ClientSettings> change) {
            return new Clients(
                    change.apply(producer), consumers.stream().map(change).toList(), zookeeper);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ChannelSettings.class);

    /** What a component's parameters say. The problems are in {@code values}. */
    private record Checked(
            PropertyValues values, Clients clients, ReadRange range, ErrorTolerance errors, HeaderSelection headers) {

        static Checked of(String componentName, Map<String, String> parameters) {
            PropertyValues values = ChannelProperties.SET.read(componentName, parameters);
            ClientSettingsBuilder builder = ClientSettingsBuilder.of(values);
            ClientSettings producer = builder.producer(componentName + "-producer");
            List<ClientSettings> consumers =
                    builder.consumers(componentName + "-consumer", values.get(ChannelProperties.CONSUMERS));
            checkRevocationGrace(values, consumers.get(0));
            ErrorTolerance errors = ErrorTolerance.from(
                    values, builder, "KafkaChannel", componentName, values.get(ChannelProperties.TOPIC)::equals);
            Clients clients = new Clients(producer, consumers, ZooKeeperUse.from(values));
            return new Checked(
                    values, clients, ReadRange.from(values), errors, HeaderProperties.writableSelection(values));
        }
    }

    /** How often offsets are committed that no transaction waits for, if each transaction waits for its own. */
    private static final Duration COMMIT_INTERVAL_WHEN_AWAITED = Duration.ofSeconds(1);

    /**
     * Reads the settings from the parameters of a component, which stay unchanged.
     *
     * @throws org.apache.flume.conf.ConfigurationException with every problem in them
     */
    public static ChannelSettings from(String componentName, Map<String, String> parameters) {
        Checked checked = Checked.of(componentName, parameters);
        PropertyValues values = checked.values();
        values.problems().logOrThrow(LOG);
        boolean avro = values.get(ChannelProperties.PARSE_AS_FLUME_EVENT);
        EventCodec codec =
                avro ? new AvroEventCodec(ChannelProperties.PARSE_AS_FLUME_EVENT.name()) : new RawEventCodec();
        EventCodec keeping = TombstoneCodec.of(codec, values.get(TombstoneCodec.KEEP_TOMBSTONES));
        return new ChannelSettings(
                // In Avro the event keeps the header that makes it a tombstone, and all others.
                puts(values, avro ? codec : keeping, checked.headers()),
                takes(values, keeping, checked.headers()),
                reads(values, checked.range()),
                orUnbounded(values.find(ChannelProperties.CAPACITY)),
                checked.errors(),
                checked.clients(),
                values.find(ClientProperties.METRICS_INCLUDE).orElse(NamePatterns.NONE));
    }

    /** Returns what is wrong with a component's parameters, for a check without an agent. Also finds classes that Kafka's client cannot load. */
    public static Problems problems(String componentName, Map<String, String> parameters) {
        Checked checked = Checked.of(componentName, parameters);
        Problems problems = checked.values().problems();
        Stream.of(checked.clients().producer(), checked.clients().consumers().get(0))
                .flatMap(client -> client.unusableClasses().stream())
                .forEach(problems::error);
        return problems;
    }

    private static PutSettings puts(PropertyValues values, EventCodec codec, HeaderSelection headers) {
        return new PutSettings(
                values.get(ChannelProperties.TOPIC),
                new PartitionRoute(
                        values.find(ChannelProperties.PARTITION_HEADER),
                        values.find(ChannelProperties.DEFAULT_PARTITION)
                                .map(OptionalInt::of)
                                .orElseGet(OptionalInt::empty)),
                codec,
                headers,
                orUnbounded(values.find(ChannelProperties.TRANSACTION_CAPACITY)));
    }

    private static TakeSettings takes(PropertyValues values, EventCodec codec, HeaderSelection headers) {
        return new TakeSettings(
                codec,
                headers,
                values.get(ChannelProperties.SET_RECORD_HEADERS)
                        ? RecordToChannelEvent.LocationHeaders.ADDED
                        : RecordToChannelEvent.LocationHeaders.OMITTED,
                values.get(ChannelProperties.ORDERING),
                new ReadAheadLimits(values.get(ChannelProperties.READ_AHEAD_RECORDS), readAheadBytes(values)),
                values.get(ChannelProperties.POLL_TIMEOUT),
                values.get(ChannelProperties.COMMIT_INTERVAL).isZero());
    }

    private static ReadSettings reads(PropertyValues values, ReadRange range) {
        Duration commitInterval = values.get(ChannelProperties.COMMIT_INTERVAL);
        return new ReadSettings(
                values.get(ChannelProperties.TOPIC),
                range,
                commitInterval.isZero() ? COMMIT_INTERVAL_WHEN_AWAITED : commitInterval,
                values.get(ChannelProperties.REVOCATION_GRACE));
    }

    /** Returns what prevents a sink from committing the channel's offsets exactly once, as what to write instead. */
    List<String> obstaclesToExactlyOnceTakes() {
        List<String> obstacles = new ArrayList<>();
        if (takes.ordering() != TakeOrdering.PARTITION) {
            obstacles.add(
                    ChannelProperties.ORDERING
                            + " = partition: otherwise several transactions have events of one partition, and Kafka knows only one offset");
        }
        if (!clients.consumers().get(0).readsCommitted()) {
            obstacles.add(ChannelProperties.ISOLATION_LEVEL
                    + " = read_committed: otherwise events of aborted transactions are delivered");
        }
        return obstacles;
    }

    /** Returns what prevents a source from having its offsets committed with its events, as what to write instead. */
    List<String> obstaclesToExactlyOncePuts() {
        return clients.producer().transactionalId().isPresent()
                ? List.of()
                : List.of(ClientProperties.TRANSACTIONAL_ID
                        + " = an id that no other agent has: offsets can only be committed"
                        + " with events in a Kafka transaction");
    }

    /** Returns the topic that stores the channel's events. */
    String topic() {
        return puts.topic();
    }

    /**
     * Returns these settings with the brokers that ZooKeeper knows now, for clients without brokers.
     *
     * @throws org.apache.flume.FlumeException if ZooKeeper does not give them
     */
    ChannelSettings withBrokers(String component) {
        UnaryOperator<ClientSettings> addBrokers = clients.zookeeper().lookUpBrokers(component);
        return new ChannelSettings(
                puts, takes, reads, capacity, errors.withClient(addBrokers), clients.with(addBrokers), kafkaMetrics);
    }

    /** The group waits max.poll.interval.ms for a member that revokes its partitions, and then removes it. */
    private static void checkRevocationGrace(PropertyValues values, ClientSettings consumer) {
        Duration longest = consumer.maxPollInterval();
        Duration grace = values.get(ChannelProperties.REVOCATION_GRACE);
        if (grace.compareTo(longest) >= 0) {
            values.problems()
                    .invalid(
                            ChannelProperties.REVOCATION_GRACE.name(),
                            String.valueOf(grace.toMillis()),
                            "less than kafka.consumer.max.poll.interval.ms, which is " + longest.toMillis());
        }
    }

    private static long readAheadBytes(PropertyValues values) {
        long bytes = values.get(ChannelProperties.READ_AHEAD_BYTES);
        return values.isGiven(ChannelProperties.READ_AHEAD_BYTES)
                ? bytes
                : SmallHeapDefaults.ofThisJvm().readAhead(bytes);
    }

    private static long orUnbounded(Optional<Integer> bound) {
        return bound.map(Integer::longValue).orElse(Long.MAX_VALUE);
    }
}
