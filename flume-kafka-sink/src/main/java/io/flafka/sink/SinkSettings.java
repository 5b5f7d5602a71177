// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.client.ClientSettings;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a sink does, read from an agent file and checked.
 *
 * @param topic where an event goes unless its header says otherwise; may contain Flume's escapes such as {@code %{host}}
 * @param topicHeader the event header that may name another topic, or none
 * @param batchSize the most events in one channel transaction
 * @param partitionHeader the event header that names the partition, or none
 * @param defaultPartition the partition of events without that header, or none: Kafka chooses
 * @param timestampHeader the event header that gives the record's timestamp in milliseconds since the epoch, or none
 * @param codec the form of the record values
 * @param headers the event headers that become record headers
 * @param producer the Kafka client's settings
 */
public record SinkSettings(
        String topic,
        Optional<String> topicHeader,
        int batchSize,
        Optional<String> partitionHeader,
        OptionalInt defaultPartition,
        Optional<String> timestampHeader,
        EventCodec codec,
        HeaderMapping headers,
        ClientSettings producer) {

    /**
     * The settings in the parameters of a component, which are left as they are.
     *
     * @throws org.apache.flume.conf.ConfigurationException naming everything that is wrong with them
     */
    @SuppressWarnings("DoNotCallSuggester") // Only until the properties are declared.
    public static SinkSettings from(String componentName, Map<String, String> parameters) {
        throw new UnsupportedOperationException(componentName + parameters.size());
    }
}
