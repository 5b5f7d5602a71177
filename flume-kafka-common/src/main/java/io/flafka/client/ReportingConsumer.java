// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka's consumer as our components need it: keys and values stay bytes, no offset is ever chosen in silence, and new metadata are reported.
 *
 * <p>For one thread, as Kafka's consumers are.
 */
final class ReportingConsumer extends KafkaConsumer<byte[], byte[]> implements MetadataUpdates.Reporting {

    private final MetadataUpdates updates;

    /** Kafka's client tells its deserializers of each update of its metadata, if they want to know. */
    static final class Values extends ByteArrayDeserializer implements ClusterResourceListener {

        private final MetadataUpdates updates;

        Values(MetadataUpdates updates) {
            this.updates = updates;
        }

        @Override
        public void onUpdate(ClusterResource cluster) {
            updates.updated();
        }
    }

    ReportingConsumer(ClientSettings settings) {
        this(settings, new MetadataUpdates(settings.metadataMaxAge()));
    }

    private ReportingConsumer(ClientSettings settings, MetadataUpdates updates) {
        super(withoutReset(settings), new ByteArrayDeserializer(), new Values(updates));
        this.updates = updates;
    }

    /** The agent file's choice is applied by {@code io.flafka.consume.offsets.ReadPositions}, which says so in the log; Kafka's client does not. */
    static Map<String, Object> withoutReset(ClientSettings settings) {
        Map<String, Object> properties = new TreeMap<>(settings.properties());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return properties;
    }

    @Override
    public MetadataUpdates metadataUpdates() {
        return updates;
    }
}
