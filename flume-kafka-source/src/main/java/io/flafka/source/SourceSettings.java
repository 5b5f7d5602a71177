// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettings;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.client.RecordDeserializers;
import io.flafka.config.PropertyValues;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderProperties;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
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
 * What a source does, read from an agent file and checked.
 *
 * @param topics what it reads
 * @param batch how large a batch is, and how long it is waited for
 * @param backoffSleepIncrement by how much each further fruitless call of {@code process} lengthens Flume's pause
 * @param maxBackoffSleep the longest such pause
 * @param codec the form of the record values
 * @param bodies whether an event may have the record's own bytes
 * @param topicHeader the event header that gets the topic's name, or none
 * @param headers the record headers that become event headers under other names
 * @param selectedHeaders the record headers that become event headers under their own
 * @param errors what becomes of records that are no events
 * @param consumer the Kafka client's settings
 * @param zookeeper what it needs ZooKeeper for
 */
public record SourceSettings(
        TopicSubscription topics,
        BatchBounds batch,
        Duration backoffSleepIncrement,
        Duration maxBackoffSleep,
        EventCodec codec,
        BodySharing bodies,
        Optional<String> topicHeader,
        HeaderMapping headers,
        HeaderSelection selectedHeaders,
        ErrorTolerance errors,
        ClientSettings consumer,
        ZooKeeperUse zookeeper) {

    private static final Logger LOG = LoggerFactory.getLogger(SourceSettings.class);

    /**
     * The settings in the parameters of a component, which are left as they are.
     *
     * @throws org.apache.flume.conf.ConfigurationException naming everything that is wrong with them
     */
    public static SourceSettings from(String componentName, Map<String, String> parameters) {
        PropertyValues values = SourceProperties.SET.read(componentName, parameters);
        ClientSettingsBuilder clients = ClientSettingsBuilder.of(values);
        ClientSettings consumer = clients.consumer(componentName);
        checkTopics(values);
        ErrorTolerance errors =
                ErrorTolerance.from(values, clients, "KafkaSource", componentName, topic -> isRead(values, topic));
        checkProducer(values, errors);
        ZooKeeperUse zookeeper = ZooKeeperUse.from(values);
        values.problems().logOrThrow(LOG);
        tellOfLeast(componentName, values);
        boolean avro = values.get(SourceProperties.USE_FLUME_EVENT_FORMAT);
        return new SourceSettings(
                topics(values),
                batch(values),
                values.get(SourceProperties.BACKOFF_SLEEP_INCREMENT),
                pause(values.get(SourceProperties.MAX_BACKOFF_SLEEP), consumer),
                avro ? new AvroEventCodec(SourceProperties.USE_FLUME_EVENT_FORMAT.name()) : new RawEventCodec(),
                // An event in Avro has a body of its own anyway.
                !avro && parameters.containsKey(SourceProperties.INTERCEPTORS)
                        ? BodySharing.COPIED
                        : BodySharing.SHARED,
                Optional.of(values.get(SourceProperties.TOPIC_HEADER))
                        .filter(header -> values.get(SourceProperties.SET_TOPIC_HEADER)),
                HeaderMapping.inStockOrder(values.below(SourceProperties.HEADER_PREFIX)),
                HeaderProperties.selection(values),
                errors,
                consumer.withDefault(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, values.get(SourceProperties.BATCH_SIZE)),
                zookeeper);
    }

    /**
     * The same, with the brokers as they are now in clients that have none.
     *
     * @throws org.apache.flume.FlumeException if they cannot be found out
     */
    SourceSettings withBrokers(String component) {
        UnaryOperator<ClientSettings> brokers = zookeeper.lookUpBrokers(component);
        return new SourceSettings(
                topics,
                batch,
                backoffSleepIncrement,
                maxBackoffSleep,
                codec,
                bodies,
                topicHeader,
                headers,
                selectedHeaders,
                errors.withClient(brokers),
                brokers.apply(consumer),
                zookeeper);
    }

    /** How records become events, with these deserializers. */
    RecordToEvent mapping(RecordDeserializers deserializers) {
        return RecordToEvent.of(deserializers, codec, bodies, topicHeader, headers, selectedHeaders);
    }

    private static BatchBounds batch(PropertyValues values) {
        return new BatchBounds(
                values.get(SourceProperties.BATCH_SIZE),
                values.get(SourceProperties.MIN_BATCH_SIZE),
                values.get(SourceProperties.BATCH_DURATION));
    }

    /** Stock's default of the one with a smaller one of the other is how agent files go back to full batches. */
    private static void tellOfLeast(String componentName, PropertyValues values) {
        values.find(SourceProperties.MIN_BATCH_SIZE).ifPresent(least -> {
            int most = values.get(SourceProperties.BATCH_SIZE);
            if (least > most) {
                LOG.info(
                        "KafkaSource {}: {}={} is above {}={}: it waits for {} events",
                        componentName,
                        SourceProperties.MIN_BATCH_SIZE,
                        least,
                        SourceProperties.BATCH_SIZE,
                        most,
                        most);
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
                            + ": no effect without errors.tolerance=all and errors.deadletterqueue.topic.name; a source writes"
                            + " nothing but that topic");
        }
    }

    /** Not so long that Flume's pause between two polls could cost the membership. */
    private static Duration pause(Duration wanted, ClientSettings consumer) {
        Duration longest = consumer.maxPollInterval().dividedBy(2);
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }

    private static boolean isRead(PropertyValues values, String topic) {
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
                    .warn(SourceProperties.TOPICS + " has no effect beside " + SourceProperties.TOPICS_REGEX
                            + ": remove one of them");
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
