// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * The metrics of a component's open Kafka clients, and what its closed clients have counted. Thread-safe.
 *
 * <p>Never reads a value while it holds its lock: a value can need a lock of the client, which may be adding a metric here.
 */
final class OpenClients {

    private static final String CLIENT_ID = "client-id";

    private final Set<String> totals;
    private final Map<ClientMetricsReporter, Map<MetricName, KafkaMetric>> open = new HashMap<>();
    private final Map<String, Double> ofClosed = new HashMap<>();

    /**
     * Creates an empty object.
     *
     * @param totals the names of the counts that go on growing when a client is replaced
     */
    OpenClients(Set<String> totals) {
        this.totals = totals;
    }

    synchronized void open(ClientMetricsReporter client) {
        open.put(client, new HashMap<>());
    }

    synchronized void add(ClientMetricsReporter client, KafkaMetric metric) {
        Map<MetricName, KafkaMetric> metrics = open.get(client);
        if (metrics != null) {
            metrics.put(metric.metricName(), metric);
        }
    }

    /** Some counts are removed while the client closes. */
    void remove(ClientMetricsReporter client, KafkaMetric metric) {
        double last = totals.contains(metric.metricName().name()) ? number(metric) : 0;
        synchronized (this) {
            Map<MetricName, KafkaMetric> metrics = open.get(client);
            if (metrics != null && metrics.remove(metric.metricName()) != null) {
                keep(metric.metricName(), last);
            }
        }
    }

    /** Notes that a client closes. It may still remove metrics after that, which then do not count again. */
    void close(ClientMetricsReporter client) {
        Map<MetricName, Double> last = new HashMap<>();
        for (KafkaMetric metric : metricsOf(client)) {
            if (totals.contains(metric.metricName().name())) {
                last.put(metric.metricName(), number(metric));
            }
        }
        synchronized (this) {
            if (open.remove(client) != null) {
                last.forEach(this::keep);
            }
        }
    }

    private void keep(MetricName name, double last) {
        if (isOfWholeClient(name) && totals.contains(name.name())) {
            ofClosed.merge(name.name(), last, Double::sum);
        }
    }

    private synchronized List<KafkaMetric> metricsOf(ClientMetricsReporter client) {
        return List.copyOf(open.getOrDefault(client, Map.of()).values());
    }

    /** Forgets all clients, also those of an earlier run that are still closing. */
    synchronized void reset() {
        open.clear();
        ofClosed.clear();
    }

    synchronized boolean isEmpty() {
        return open.isEmpty();
    }

    /** Returns the metrics of all open clients whose names match. */
    synchronized List<KafkaMetric> find(Predicate<MetricName> names) {
        List<KafkaMetric> found = new ArrayList<>();
        for (Map<MetricName, KafkaMetric> metrics : open.values()) {
            for (KafkaMetric metric : metrics.values()) {
                if (names.test(metric.metricName())) {
                    found.add(metric);
                }
            }
        }
        return found;
    }

    /** Returns the sum of a metric over all open clients; of a count, that of closed ones too. */
    double sum(String name) {
        List<KafkaMetric> metrics;
        double sum;
        synchronized (this) {
            sum = ofClosed.getOrDefault(name, 0.0);
            metrics = find(each -> each.name().equals(name) && isOfWholeClient(each));
        }
        for (KafkaMetric metric : metrics) {
            sum += number(metric);
        }
        return sum;
    }

    /** Leaves out the metrics of one topic, partition or broker. */
    private static boolean isOfWholeClient(MetricName name) {
        return name.tags().size() == 1 && name.tags().containsKey(CLIENT_ID);
    }

    private static double number(KafkaMetric metric) {
        return metric.metricValue() instanceof Number number && !Double.isNaN(number.doubleValue())
                ? number.doubleValue()
                : 0;
    }
}
