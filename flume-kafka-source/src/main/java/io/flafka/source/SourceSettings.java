// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.client.ClientSettings;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a source does, read from an agent file and checked.
 *
 * @param topics what it reads
 * @param batchSize the most events in one channel transaction
 * @param batchDuration how long a batch may wait for more once it has begun
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

    /**
     * The settings in the parameters of a component, which are left as they are.
     *
     * @throws org.apache.flume.conf.ConfigurationException naming everything that is wrong with them
     */
    @SuppressWarnings("DoNotCallSuggester") // Only until the properties are declared.
    public static SourceSettings from(String componentName, Map<String, String> parameters) {
        throw new UnsupportedOperationException(componentName + parameters.size());
    }
}
