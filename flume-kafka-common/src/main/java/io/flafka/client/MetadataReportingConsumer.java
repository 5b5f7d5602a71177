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
 * Kafka's consumer as the components need it: it leaves keys and values as bytes, never resets an offset by itself, and reports new metadata.
 *
 * <p>For one thread, like all of Kafka's consumers.
 */
final class MetadataReportingConsumer extends KafkaConsumer<byte[], byte[]> implements MetadataUpdates.Reporting {

    private final MetadataUpdates updates;

    /** Is called at each metadata update: Kafka's client notifies deserializers that implement this listener. */
    static final class MetadataListener extends ByteArrayDeserializer implements ClusterResourceListener {

        private final MetadataUpdates updates;

        MetadataListener(MetadataUpdates updates) {
            this.updates = updates;
        }

        @Override
        public void onUpdate(ClusterResource cluster) {
            updates.updated();
        }
    }

    MetadataReportingConsumer(ClientSettings settings) {
        this(settings, new MetadataUpdates(settings.metadataMaxAge()));
    }

    private MetadataReportingConsumer(ClientSettings settings, MetadataUpdates updates) {
        super(withoutReset(settings), new ByteArrayDeserializer(), new MetadataListener(updates));
        this.updates = updates;
    }

    /** {@code io.flafka.consume.offsets.ReadPositions} applies the agent file's choice instead, and logs it, which Kafka's client does not. */
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
