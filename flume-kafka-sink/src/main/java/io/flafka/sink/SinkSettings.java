// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettings;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.config.NamePatterns;
import io.flafka.config.Problems;
import io.flafka.config.PropertyValues;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderProperties;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import io.flafka.event.TombstoneCodec;
import io.flafka.exactlyonce.DeliveryGuarantee;
import io.flafka.sink.TopicHeader.ReturnToOrigin;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a sink, read from an agent file and checked.
 *
 * @param topic the topic of events whose header names no other; may contain Flume's escapes such as {@code %{host}}
 * @param topicHeader the event header that may name another topic, or none
 * @param key chooses the record's key
 * @param batchSize the maximum number of events in one channel transaction; if empty, see {@link BatchSize}
 * @param guarantee how often an event can be written if something fails
 * @param maxInFlightBatches the most batches that are not yet acknowledged
 * @param partitionHeader the event header that names the partition, or none
 * @param defaultPartition the partition of events without that header; without either, Kafka chooses
 * @param timestampHeader the event header that has the record's timestamp in milliseconds since the epoch, or none
 * @param codec makes the record values
 * @param constantHeaders the headers that every record gets
 * @param mappedHeaders the event headers that become record headers under another name
 * @param selectedHeaders the event headers that become record headers under the same name
 * @param tolerance what to do with events that can never be delivered
 * @param producer the settings of Kafka's producer
 * @param kafkaMetrics which metrics of Kafka's clients the sink shows
 */
public record SinkSettings(
        String topic,
        Optional<TopicHeader> topicHeader,
        RecordKey key,
        OptionalInt batchSize,
        DeliveryGuarantee guarantee,
        int maxInFlightBatches,
        Optional<String> partitionHeader,
        OptionalInt defaultPartition,
        Optional<String> timestampHeader,
        EventCodec codec,
        ConstantHeaders constantHeaders,
        HeaderMapping mappedHeaders,
        HeaderSelection selectedHeaders,
        ErrorTolerance tolerance,
        ClientSettings producer,
        NamePatterns kafkaMetrics) {

    private static final Logger LOG = LoggerFactory.getLogger(SinkSettings.class);

    /** What a component's parameters say. The problems are in {@code values}. */
    private record Checked(
            PropertyValues values, ClientSettings producer, ErrorTolerance tolerance, HeaderSelection selected) {

        static Checked of(String componentName, Map<String, String> parameters) {
            PropertyValues values = SinkProperties.SET.read(componentName, parameters);
            ClientSettingsBuilder clients = ClientSettingsBuilder.of(values);
            ClientSettings producer = clients.producer(componentName);
            ErrorTolerance tolerance = ErrorTolerance.from(
                    values,
                    clients,
                    "KafkaSink",
                    componentName,
                    topic -> values.find(SinkProperties.TOPIC)
                            .filter(topic::equals)
                            .isPresent());
            checkGuarantee(values, producer);
            return new Checked(values, producer, tolerance, HeaderProperties.writableSelection(values));
        }
    }

    /**
     * Reads the settings and logs the warnings.
     *
     * @param componentName the sink's name in the agent file
     * @param parameters the sink's properties in the agent file; not changed
     * @throws org.apache.flume.conf.ConfigurationException with every error of the configuration
     */
    public static SinkSettings from(String componentName, Map<String, String> parameters) {
        Checked checked = Checked.of(componentName, parameters);
        PropertyValues values = checked.values();
        values.problems().logOrThrow(LOG);
        return new SinkSettings(
                values.get(SinkProperties.TOPIC),
                topicHeader(values),
                new RecordKey(values.get(SinkProperties.KEY_HEADER), values.find(SinkProperties.DEFAULT_KEY)),
                optional(values.find(SinkProperties.BATCH_SIZE)),
                values.get(SinkProperties.DELIVERY_GUARANTEE),
                values.get(SinkProperties.MAX_IN_FLIGHT_BATCHES),
                values.find(SinkProperties.PARTITION_HEADER),
                optional(values.find(SinkProperties.DEFAULT_PARTITION)),
                values.find(SinkProperties.TIMESTAMP_HEADER),
                TombstoneCodec.of(
                        values.get(SinkProperties.USE_FLUME_EVENT_FORMAT) ? new AvroEventCodec() : new RawEventCodec(),
                        values.get(TombstoneCodec.KEEP_TOMBSTONES)),
                ConstantHeaders.of(values.below(SinkProperties.CONSTANT_HEADER_PREFIX)),
                HeaderMapping.inStockOrder(values.below(SinkProperties.HEADER_PREFIX)),
                checked.selected(),
                checked.tolerance(),
                checked.producer().withDefault(ProducerConfig.LINGER_MS_CONFIG, lingerMillis(values)),
                values.find(ClientProperties.METRICS_INCLUDE).orElse(NamePatterns.NONE));
    }

    /** Returns what is wrong with a component's parameters, for a check without an agent. Also finds classes that Kafka's client cannot load. */
    public static Problems problems(String componentName, Map<String, String> parameters) {
        Checked checked = Checked.of(componentName, parameters);
        Problems problems = checked.values().problems();
        checked.producer().unusableClasses().ifPresent(problems::error);
        return problems;
    }

    private static OptionalInt optional(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private static void checkGuarantee(PropertyValues values, ClientSettings producer) {
        if (values.get(SinkProperties.DELIVERY_GUARANTEE) == DeliveryGuarantee.EXACTLY_ONCE
                && producer.transactionalId().isEmpty()) {
            values.problems()
                    .error(SinkProperties.DELIVERY_GUARANTEE + " = exactly-once needs "
                            + ClientProperties.TRANSACTIONAL_ID + ": write an id that no other agent has");
        }
    }

    /** Returns 1 for one batch at a time: its records go together in fewer requests. With several batches, each would wait that long. */
    private static String lingerMillis(PropertyValues values) {
        return values.get(SinkProperties.MAX_IN_FLIGHT_BATCHES) == 1 ? "1" : "0";
    }

    private static Optional<TopicHeader> topicHeader(PropertyValues values) {
        if (!values.get(SinkProperties.ALLOW_TOPIC_OVERRIDE)) {
            return Optional.empty();
        }
        return Optional.of(new TopicHeader(
                values.get(SinkProperties.TOPIC_HEADER),
                values.get(SinkProperties.ALLOWED_TOPICS),
                values.get(SinkProperties.ALLOW_TOPIC_OF_ORIGIN) ? ReturnToOrigin.ALLOWED : ReturnToOrigin.DENIED,
                values.find(SinkProperties.TOPIC)));
    }
}
