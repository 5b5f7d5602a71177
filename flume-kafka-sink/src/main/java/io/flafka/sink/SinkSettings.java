// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.client.ClientSettings;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.config.PropertyValues;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderProperties;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import io.flafka.sink.TopicHeader.WayBack;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sink does, read from an agent file and checked.
 *
 * @param topic where an event goes unless its header says otherwise; may contain Flume's escapes such as {@code %{host}}
 * @param topicHeader the event header that may name another topic, or none
 * @param keyHeader the event header that gives the record's key
 * @param batchSize the most events in one channel transaction
 * @param maxInFlightBatches the most batches between channel and acknowledgement
 * @param partitionHeader the event header that names the partition, or none
 * @param defaultPartition the partition of events without that header, or none: Kafka chooses
 * @param timestampHeader the event header that gives the record's timestamp in milliseconds since the epoch, or none
 * @param codec the form of the record values
 * @param headers the event headers that become record headers under other names
 * @param selectedHeaders those that do under their own
 * @param tolerance what becomes of events that can never pass
 * @param producer the Kafka client's settings
 */
public record SinkSettings(
        String topic,
        Optional<TopicHeader> topicHeader,
        String keyHeader,
        int batchSize,
        int maxInFlightBatches,
        Optional<String> partitionHeader,
        OptionalInt defaultPartition,
        Optional<String> timestampHeader,
        EventCodec codec,
        HeaderMapping headers,
        HeaderSelection selectedHeaders,
        ErrorTolerance tolerance,
        ClientSettings producer) {

    private static final Logger LOG = LoggerFactory.getLogger(SinkSettings.class);

    /**
     * The settings in the parameters of a component, which are left as they are.
     *
     * @throws org.apache.flume.conf.ConfigurationException naming everything that is wrong with them
     */
    public static SinkSettings from(String componentName, Map<String, String> parameters) {
        PropertyValues values = SinkProperties.SET.read(componentName, parameters);
        ClientSettingsBuilder clients = ClientSettingsBuilder.of(values);
        ClientSettings producer = clients.producer(componentName);
        ErrorTolerance tolerance = ErrorTolerance.from(
                values,
                clients,
                "KafkaSink",
                componentName,
                topic -> values.find(SinkProperties.TOPIC).filter(topic::equals).isPresent());
        HeaderSelection selected = HeaderProperties.writableSelection(values);
        values.problems().logOrThrow(LOG);
        return new SinkSettings(
                values.get(SinkProperties.TOPIC),
                topicHeader(componentName, values),
                values.get(SinkProperties.KEY_HEADER),
                values.get(SinkProperties.BATCH_SIZE),
                values.get(SinkProperties.MAX_IN_FLIGHT_BATCHES),
                values.find(SinkProperties.PARTITION_HEADER),
                values.find(SinkProperties.DEFAULT_PARTITION)
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty),
                values.find(SinkProperties.TIMESTAMP_HEADER),
                values.get(SinkProperties.USE_FLUME_EVENT_FORMAT) ? new AvroEventCodec() : new RawEventCodec(),
                HeaderMapping.inStockOrder(values.below(SinkProperties.HEADER_PREFIX)),
                selected,
                tolerance,
                producer.withDefault(ProducerConfig.LINGER_MS_CONFIG, linger(values)));
    }

    /** A single batch fills before its first request leaves, which saves requests; several batches each would wait for it. */
    private static String linger(PropertyValues values) {
        return values.get(SinkProperties.MAX_IN_FLIGHT_BATCHES) == 1 ? "1" : "0";
    }

    private static Optional<TopicHeader> topicHeader(String sink, PropertyValues values) {
        if (!values.get(SinkProperties.ALLOW_TOPIC_OVERRIDE)) {
            return Optional.empty();
        }
        return Optional.of(new TopicHeader(
                sink,
                values.get(SinkProperties.TOPIC_HEADER),
                values.get(SinkProperties.ALLOWED_TOPICS),
                values.get(SinkProperties.ALLOW_TOPIC_OF_ORIGIN) ? WayBack.OPEN : WayBack.CLOSED,
                values.find(SinkProperties.TOPIC)));
    }
}
