// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.client.ClientSettings;
import io.flafka.event.EventCodec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a channel does, read from an agent file and checked.
 *
 * @param topic where its events are kept
 * @param codec the form of the record values
 * @param pollTimeout how long a take waits for an event
 * @param partitionHeader the event header that names the partition, or none
 * @param defaultPartition the partition of events without that header, or none: Kafka chooses
 * @param producer the settings of the Kafka client that puts
 * @param consumer the settings of the Kafka client that takes
 */
public record ChannelSettings(
        String topic,
        EventCodec codec,
        Duration pollTimeout,
        Optional<String> partitionHeader,
        OptionalInt defaultPartition,
        ClientSettings producer,
        ClientSettings consumer) {

    /**
     * The settings in the parameters of a component, which are left as they are.
     *
     * @throws org.apache.flume.conf.ConfigurationException naming everything that is wrong with them
     */
    @SuppressWarnings("DoNotCallSuggester") // Only until the properties are declared.
    public static ChannelSettings from(String componentName, Map<String, String> parameters) {
        throw new UnsupportedOperationException(componentName + parameters.size());
    }
}
