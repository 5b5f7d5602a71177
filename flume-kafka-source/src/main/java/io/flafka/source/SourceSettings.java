// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettings;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.client.RecordDeserializers;
import io.flafka.config.NamePatterns;
import io.flafka.config.Problems;
import io.flafka.config.PropertyValues;
import io.flafka.consume.offsets.ReadRange;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderProperties;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import io.flafka.event.TombstoneCodec;
import io.flafka.exactlyonce.DeliveryGuarantee;
import io.flafka.zookeeper.ZooKeeperUse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The validated settings of a source.
 *
 * @param topics the topics to read
 * @param batch how many records a batch has, and how long the source waits for them
 * @param guarantee how often a record can be delivered if something fails
 * @param backoffSleepIncrement how much Flume's pause grows with each further call of {@code process} that returns {@code BACKOFF}
 * @param maxBackoffSleep Flume's longest pause between two calls
 * @param codec the format of the record values
 * @param bodySharing whether an event shares the record's byte array
 * @param topicHeader the event header for the topic's name; empty for none
 * @param headers maps record headers to event headers with other names
 * @param selectedHeaders selects record headers that keep their names
 * @param errors what happens to bad records
 * @param consumer the consumer's settings
 * @param range which part of the topics the group reads
 * @param zookeeper what the source looks up in ZooKeeper
 * @param kafkaMetrics which metrics of Kafka's clients the source shows
 */
public record SourceSettings(
        TopicSubscription topics,
        BatchBounds batch,
        DeliveryGuarantee guarantee,
        Duration backoffSleepIncrement,
        Duration maxBackoffSleep,
        EventCodec codec,
        BodySharing bodySharing,
        Optional<String> topicHeader,
        HeaderMapping headers,
        HeaderSelection selectedHeaders,
        ErrorTolerance errors,
        ClientSettings consumer,
        ReadRange range,
        ZooKeeperUse zookeeper,
        NamePatterns kafkaMetrics) {

    private static final Logger LOG = LoggerFactory.getLogger(SourceSettings.class);

    /** What a component's parameters say. The problems are in {@code values}. */
    private record Checked(
            PropertyValues values,
            ClientSettings consumer,
            ReadRange range,
            ErrorTolerance errors,
            ZooKeeperUse zookeeper) {

        static Checked of(String componentName, Map<String, String> parameters) {
            PropertyValues values = SourceProperties.SET.read(componentName, parameters);
            ClientSettingsBuilder clients = ClientSettingsBuilder.of(values);
            ClientSettings consumer = withIsolation(values, clients.consumer(componentName), parameters);
            checkTopics(values);
            ErrorTolerance errors = ErrorTolerance.from(
                    values, clients, "KafkaSource", componentName, topic -> isSourceTopic(values, topic));
            checkProducer(values, errors);
            return new Checked(values, consumer, ReadRange.from(values), errors, ZooKeeperUse.from(values));
        }
    }

    /**
     * Reads the settings from a component's parameters. Does not change the parameters.
     *
     * @throws org.apache.flume.conf.ConfigurationException with every error in the parameters
     */
    public static SourceSettings from(String componentName, Map<String, String> parameters) {
        Checked checked = Checked.of(componentName, parameters);
        PropertyValues values = checked.values();
        ClientSettings consumer = checked.consumer();
        values.problems().logOrThrow(LOG);
        logReducedMinBatchSize(componentName, values);
        boolean avro = values.get(SourceProperties.USE_FLUME_EVENT_FORMAT);
        return new SourceSettings(
                topics(values),
                batch(values),
                values.get(SourceProperties.DELIVERY_GUARANTEE),
                values.get(SourceProperties.BACKOFF_SLEEP_INCREMENT),
                limitBackoff(values.get(SourceProperties.MAX_BACKOFF_SLEEP), consumer),
                TombstoneCodec.of(
                        avro ? new AvroEventCodec(SourceProperties.USE_FLUME_EVENT_FORMAT.name()) : new RawEventCodec(),
                        values.get(TombstoneCodec.KEEP_TOMBSTONES)),
                // The Avro codec copies the body anyway.
                !avro && parameters.containsKey(SourceProperties.INTERCEPTORS)
                        ? BodySharing.COPIED
                        : BodySharing.SHARED,
                Optional.of(values.get(SourceProperties.TOPIC_HEADER))
                        .filter(header -> values.get(SourceProperties.SET_TOPIC_HEADER)),
                HeaderMapping.inStockOrder(values.below(SourceProperties.HEADER_PREFIX)),
                HeaderProperties.selection(values),
                checked.errors(),
                consumer.withDefault(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, values.get(SourceProperties.BATCH_SIZE)),
                checked.range(),
                checked.zookeeper(),
                values.find(ClientProperties.METRICS_INCLUDE).orElse(NamePatterns.NONE));
    }

    /** Returns what is wrong with a component's parameters, for a check without an agent. Also finds classes that Kafka's client cannot load. */
    public static Problems problems(String componentName, Map<String, String> parameters) {
        Checked checked = Checked.of(componentName, parameters);
        Problems problems = checked.values().problems();
        checked.consumer().unusableClasses().ifPresent(problems::error);
        return problems;
    }

    /**
     * Returns these settings with brokers for the clients that have none, as ZooKeeper lists them now.
     *
     * @throws org.apache.flume.FlumeException if the look-up fails
     */
    SourceSettings withBrokers(String component) {
        UnaryOperator<ClientSettings> brokers = zookeeper.lookUpBrokers(component);
        return new SourceSettings(
                topics,
                batch,
                guarantee,
                backoffSleepIncrement,
                maxBackoffSleep,
                codec,
                bodySharing,
                topicHeader,
                headers,
                selectedHeaders,
                errors.withClient(brokers),
                brokers.apply(consumer),
                range,
                zookeeper,
                kafkaMetrics);
    }

    /** With exactly once, aborted records must not be read, and offsets in an open transaction must be waited for. */
    private static ClientSettings withIsolation(
            PropertyValues values, ClientSettings consumer, Map<String, String> parameters) {
        if (values.get(SourceProperties.DELIVERY_GUARANTEE) == DeliveryGuarantee.AT_LEAST_ONCE) {
            return consumer;
        }
        ClientSettings isolated = consumer.withDefault(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        if (!isolated.readsCommitted()) {
            values.problems()
                    .error(SourceProperties.DELIVERY_GUARANTEE + " = exactly-once needs "
                            + ClientProperties.CONSUMER_PREFIX + ConsumerConfig.ISOLATION_LEVEL_CONFIG
                            + " = read_committed");
        }
        parameters.keySet().stream()
                .filter(name -> name.startsWith("selector.optional"))
                .forEach(name -> values.problems()
                        .error(name
                                + ": remove it: Flume does not tell the source when an optional channel refuses events, so "
                                + SourceProperties.DELIVERY_GUARANTEE + " = exactly-once is not possible"));
        return isolated;
    }

    RecordToEvent createMapping(RecordDeserializers deserializers) {
        return RecordToEvent.of(deserializers, codec, bodySharing, topicHeader, headers, selectedHeaders);
    }

    private static BatchBounds batch(PropertyValues values) {
        return new BatchBounds(
                values.get(SourceProperties.BATCH_SIZE),
                values.get(SourceProperties.MIN_BATCH_SIZE),
                values.get(SourceProperties.BATCH_DURATION));
    }

    /** Not a warning: agent files that return to full batches set Flume's own default of 1000 beside a smaller {@code batchSize}. */
    private static void logReducedMinBatchSize(String componentName, PropertyValues values) {
        values.find(SourceProperties.MIN_BATCH_SIZE).ifPresent(minSize -> {
            int maxSize = values.get(SourceProperties.BATCH_SIZE);
            if (minSize > maxSize) {
                LOG.info(
                        "KafkaSource {}: {}={} is above {}={}: a batch waits for {} events",
                        componentName,
                        SourceProperties.MIN_BATCH_SIZE,
                        minSize,
                        SourceProperties.BATCH_SIZE,
                        maxSize,
                        maxSize);
            }
        });
    }

    private static void checkProducer(PropertyValues values, ErrorTolerance errors) {
        Set<String> given = values.below(ClientProperties.PRODUCER_PREFIX).keySet();
        if (!given.isEmpty() && !(errors instanceof ErrorTolerance.AllToTopic)) {
            values.problems()
                    .warn(given.stream()
                                    .sorted()
                                    .map(ClientProperties.PRODUCER_PREFIX::concat)
                                    .collect(Collectors.joining(", "))
                            + (errors instanceof ErrorTolerance.AllToOtherCluster
                                    ? ": no effect, because the dead letter topic is in another cluster; write "
                                            + ClientProperties.DEAD_LETTER_PREFIX + "*"
                                    : ": no effect without errors.tolerance=all and errors.deadletterqueue.topic.name; a source"
                                            + " writes only to that topic"));
        }
    }

    /** Keeps Flume's pause between two polls well below {@code max.poll.interval.ms}, so that the group does not expel the source. */
    private static Duration limitBackoff(Duration configured, ClientSettings consumer) {
        Duration limit = consumer.maxPollInterval().dividedBy(2);
        return configured.compareTo(limit) < 0 ? configured : limit;
    }

    private static boolean isSourceTopic(PropertyValues values, String topic) {
        return values.find(SourceProperties.TOPICS_REGEX)
                .map(pattern -> pattern.matcher(topic).matches())
                .orElseGet(() ->
                        values.find(SourceProperties.TOPICS).orElse(List.of()).contains(topic));
    }

    private static void checkTopics(PropertyValues values) {
        boolean listed = values.isGiven(SourceProperties.TOPICS);
        boolean matching = values.isGiven(SourceProperties.TOPICS_REGEX);
        if (listed && matching) {
            values.problems()
                    .warn(SourceProperties.TOPICS + " has no effect because " + SourceProperties.TOPICS_REGEX
                            + " is set: remove one of them");
        } else if (!listed && !matching) {
            values.problems()
                    .error(SourceProperties.TOPICS + " is missing: write " + SourceProperties.TOPICS.allowed() + ", or "
                            + SourceProperties.TOPICS_REGEX);
        }
    }

    private static TopicSubscription topics(PropertyValues values) {
        return values.find(SourceProperties.TOPICS_REGEX)
                .<TopicSubscription>map(TopicSubscription.Matching::new)
                .orElseGet(() -> new TopicSubscription.Listed(values.get(SourceProperties.TOPICS)));
    }
}
