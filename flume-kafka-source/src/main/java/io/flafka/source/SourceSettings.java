// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.client.ClientAssembly;
import io.flafka.client.ClientSettings;
import io.flafka.config.PropertyValues;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import io.flafka.event.RawEventCodec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a source does, read from an agent file and checked.
 *
 * @param topics what it reads
 * @param batchSize the most events in one channel transaction
 * @param batchDuration how long one look for records lasts while there are none
 * @param backoffSleepIncrement by how much each further fruitless call of {@code process} lengthens Flume's pause
 * @param maxBackoffSleep the longest such pause
 * @param codec the form of the record values
 * @param topicHeader the event header that gets the topic's name, or none
 * @param headers the record headers that become event headers
 * @param consumer the Kafka client's settings
 */
public record SourceSettings(
        TopicSubscription topics,
        int batchSize,
        Duration batchDuration,
        Duration backoffSleepIncrement,
        Duration maxBackoffSleep,
        EventCodec codec,
        Optional<String> topicHeader,
        HeaderMapping headers,
        ClientSettings consumer) {

    private static final Logger LOG = LoggerFactory.getLogger(SourceSettings.class);

    /**
     * The settings in the parameters of a component, which are left as they are.
     *
     * @throws org.apache.flume.conf.ConfigurationException naming everything that is wrong with them
     */
    public static SourceSettings from(String componentName, Map<String, String> parameters) {
        PropertyValues values = SourceProperties.SET.read(componentName, parameters);
        ClientSettings consumer = ClientAssembly.of(values).consumer(componentName);
        checkTopics(values);
        values.problems().settle(LOG);
        return new SourceSettings(
                topics(values),
                values.get(SourceProperties.BATCH_SIZE),
                values.get(SourceProperties.BATCH_DURATION),
                values.get(SourceProperties.BACKOFF_SLEEP_INCREMENT),
                values.get(SourceProperties.MAX_BACKOFF_SLEEP),
                values.get(SourceProperties.USE_FLUME_EVENT_FORMAT) ? new AvroEventCodec() : new RawEventCodec(),
                Optional.of(values.get(SourceProperties.TOPIC_HEADER))
                        .filter(header -> values.get(SourceProperties.SET_TOPIC_HEADER)),
                new HeaderMapping(values.below(SourceProperties.HEADER_PREFIX)),
                consumer.withMaxPollRecords(values.get(SourceProperties.BATCH_SIZE)));
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
