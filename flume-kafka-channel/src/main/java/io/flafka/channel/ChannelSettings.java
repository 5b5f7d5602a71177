// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.channel.take.ReadAheadLimits;
import io.flafka.channel.take.RecordToChannelEvent;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.client.ClientSettings;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.client.SmallHeapDefaults;
import io.flafka.config.PropertyValues;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderProperties;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import io.flafka.zookeeper.ZooKeeperUse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a channel does, read from an agent file and checked.
 *
 * @param topic where its events are kept
 * @param codec the form of the record values
 * @param headers the headers that pass between events and records
 * @param place what a taken event says about its place in Kafka
 * @param capacity what the channel's size is measured against; without a bound the highest number there is
 * @param transactionCapacity the most events in one put transaction; without a bound the highest number there is
 * @param pollTimeout how long a take waits for an event
 * @param partitionHeader the event header that names the partition, or none
 * @param defaultPartition the partition of events without that header, or none: Kafka chooses
 * @param ordering which order sinks see
 * @param commitInterval how often Kafka is told what sinks are done with; zero: the end of each take transaction waits for it
 * @param revocationGrace how long a partition that goes to another member waits for the take transactions that hold it
 * @param readAhead how far it reads ahead of the sinks
 * @param errors what becomes of records that can never pass
 * @param producer the settings of the Kafka client that puts
 * @param consumers the settings of the Kafka clients that take, one or more
 * @param zookeeper what it needs ZooKeeper for
 */
public record ChannelSettings(
        String topic,
        EventCodec codec,
        HeaderSelection headers,
        RecordToChannelEvent.Place place,
        long capacity,
        long transactionCapacity,
        Duration pollTimeout,
        Optional<String> partitionHeader,
        OptionalInt defaultPartition,
        TakeOrdering ordering,
        Duration commitInterval,
        Duration revocationGrace,
        ReadAheadLimits readAhead,
        ErrorTolerance errors,
        ClientSettings producer,
        List<ClientSettings> consumers,
        ZooKeeperUse zookeeper) {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelSettings.class);

    /**
     * The settings in the parameters of a component, which are left as they are.
     *
     * @throws org.apache.flume.conf.ConfigurationException naming everything that is wrong with them
     */
    public static ChannelSettings from(String componentName, Map<String, String> parameters) {
        PropertyValues values = ChannelProperties.SET.read(componentName, parameters);
        ClientSettingsBuilder clients = ClientSettingsBuilder.of(values);
        ClientSettings producer = clients.producer(componentName + "-producer");
        List<ClientSettings> consumers =
                clients.consumers(componentName + "-consumer", values.get(ChannelProperties.CONSUMERS));
        checkGrace(values, consumers.get(0));
        ErrorTolerance errors = ErrorTolerance.from(
                values, clients, "KafkaChannel", componentName, values.get(ChannelProperties.TOPIC)::equals);
        ZooKeeperUse zookeeper = ZooKeeperUse.from(values);
        HeaderSelection selected = HeaderProperties.writableSelection(values);
        values.problems().logOrThrow(LOG);
        return new ChannelSettings(
                values.get(ChannelProperties.TOPIC),
                values.get(ChannelProperties.PARSE_AS_FLUME_EVENT)
                        ? new AvroEventCodec(ChannelProperties.PARSE_AS_FLUME_EVENT.name())
                        : new RawEventCodec(),
                selected,
                values.get(ChannelProperties.SET_RECORD_HEADERS)
                        ? RecordToChannelEvent.Place.SAID
                        : RecordToChannelEvent.Place.NOT_SAID,
                orUnbounded(values.find(ChannelProperties.CAPACITY)),
                orUnbounded(values.find(ChannelProperties.TRANSACTION_CAPACITY)),
                values.get(ChannelProperties.POLL_TIMEOUT),
                values.find(ChannelProperties.PARTITION_HEADER),
                values.find(ChannelProperties.DEFAULT_PARTITION)
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty),
                values.get(ChannelProperties.ORDERING),
                values.get(ChannelProperties.COMMIT_INTERVAL),
                values.get(ChannelProperties.REVOCATION_GRACE),
                new ReadAheadLimits(values.get(ChannelProperties.READ_AHEAD_RECORDS), readAheadBytes(values)),
                errors,
                producer,
                consumers,
                zookeeper);
    }

    /**
     * The same, with the brokers as they are now in clients that have none.
     *
     * @throws org.apache.flume.FlumeException if they cannot be found out
     */
    ChannelSettings withBrokers(String component) {
        UnaryOperator<ClientSettings> brokers = zookeeper.lookUpBrokers(component);
        return new ChannelSettings(
                topic,
                codec,
                headers,
                place,
                capacity,
                transactionCapacity,
                pollTimeout,
                partitionHeader,
                defaultPartition,
                ordering,
                commitInterval,
                revocationGrace,
                readAhead,
                errors.withClient(brokers),
                brokers.apply(producer),
                consumers.stream().map(brokers).toList(),
                zookeeper);
    }

    /** The group waits that long for a member that gives partitions up, and then goes on without it. */
    private static void checkGrace(PropertyValues values, ClientSettings consumer) {
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
