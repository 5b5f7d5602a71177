// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;

/**
 * Gives the metrics of one Kafka client to the {@link ClientMetrics} of its component, while the client is open. Kafka creates it by name: each client
 * has one.
 *
 * <p>Thread-safe.
 */
public final class ClientMetricsReporter implements MetricsReporter {

    /** The client's property that has the {@link ClientMetrics}. */
    static final String METRICS = "flafka.client.metrics";

    private @Nullable ClientMetrics owner;

    @Override
    public void configure(Map<String, ?> properties) {
        owner = (ClientMetrics) properties.get(METRICS);
    }

    @Override
    public void init(List<KafkaMetric> existing) {
        if (owner != null) {
            owner.open(this);
            existing.forEach(this::metricChange);
        }
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        if (owner != null) {
            owner.add(this, metric);
        }
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        if (owner != null) {
            owner.remove(this, metric);
        }
    }

    @Override
    public void close() {
        if (owner != null) {
            owner.close(this);
        }
    }
}
