// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.ClusterResource;
import org.junit.jupiter.api.Test;

/** How the consumer differs from Kafka's. */
class MetadataReportingConsumerTest {

    private final ClientSettings settings = new ClientSettings(Map.of(
            "bootstrap.servers", "127.0.0.1:1",
            "auto.offset.reset", "earliest",
            "group.id", "g",
            "metadata.max.age.ms", "7000"));

    @Test
    void kafkasClientNeverResetsAnOffset() {
        assertThat(MetadataReportingConsumer.withoutReset(settings))
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("group.id", "g");
        assertThat(settings.offsetReset()).isEqualTo("earliest");
        assertThat(new ClientSettings(Map.of()).offsetReset()).isEqualTo("latest");
    }

    @Test
    void reportsEachMetadataUpdate() {
        MetadataUpdates updates = new MetadataUpdates(Duration.ofDays(1));

        new MetadataReportingConsumer.MetadataListener(updates).onUpdate(new ClusterResource("c"));

        assertThat(updates.take()).isEqualTo(MetadataUpdates.Seen.ON_TIME);
    }

    @Test
    void findsTheConsumersUpdates() {
        try (MetadataReportingConsumer consumer = new MetadataReportingConsumer(settings)) {
            assertThat(MetadataUpdates.of(consumer)).isSameAs(consumer.metadataUpdates());
        }
        assertThat(settings.metadataMaxAge()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void adminSettingsHaveNoConsumerProperties() {
        assertThat(settings.forAdmin().properties()).containsOnlyKeys("bootstrap.servers", "metadata.max.age.ms");
    }
}
