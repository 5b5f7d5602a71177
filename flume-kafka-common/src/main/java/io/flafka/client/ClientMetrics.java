// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.config.NamePatterns;
import io.flafka.metrics.MetricGroup;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * What the Kafka clients of a component say about themselves: attributes of the component, and those of Kafka's own metrics that the operator selects
 * ({@code metrics.kafka.include}).
 *
 * <p>Thread-safe. Costs nothing until somebody reads.
 */
public final class ClientMetrics {

    private static final String ACCEPTED = "successful-authentication";
    private static final String REFUSED = "failed-authentication";
    private static final String CONNECTIONS = "connection-count";
    private static final String CREATED = "connection-creation";
    private static final String CLOSED = "connection-close";
    private static final String RETRIES = "record-retry-total";
    private static final String ERRORS = "record-error-total";
    private static final String TOTAL = "-total";
    private static final String RATE = "-rate";

    private final OpenClients open = new OpenClients(Set.of(ACCEPTED + TOTAL, REFUSED + TOTAL, RETRIES, ERRORS));
    private final Set<String> knownConsumers = ConcurrentHashMap.newKeySet();
    private final Set<String> knownProducers = ConcurrentHashMap.newKeySet();
    private final LongAdder replacedConsumers = new LongAdder();
    private final LongAdder replacedProducers = new LongAdder();
    private volatile NamePatterns selected = NamePatterns.NONE;

    /** Declares the attributes that all components have. */
    public ClientMetrics(MetricGroup group) {
        group.text(
                "KafkaConnection",
                "`connected`: and logged in, where the brokers require it; `login refused`: in the last minute a login or a TLS handshake failed, and"
                        + " none succeeded; `not connected`; `not used yet`: no connection was tried; `no client`: the component has not started, has"
                        + " had nothing to write, or its client cannot be created",
                this::connection);
        group.gauge("KafkaConnectionCount", "connections to brokers, with those that are being tried", () ->
                (long) open.sum(CONNECTIONS));
        group.count("LoginCount", "logins and TLS handshakes that succeeded", () -> (long) open.sum(ACCEPTED + TOTAL));
        group.count("LoginFailCount", "logins and TLS handshakes that failed", () -> (long) open.sum(REFUSED + TOTAL));
        group.addFurther(this::selection);
        group.onReset(this::reset);
    }

    /** Declares the attributes of a component that has consumers. */
    public void declareConsumers(MetricGroup group) {
        group.count(
                "ConsumerReplacedCount",
                "how often a Kafka consumer was replaced because it could no longer read",
                replacedConsumers::sum);
    }

    /** Declares the attributes of a component that has producers for its events. */
    public void declareProducers(MetricGroup group) {
        group.count(
                "ProducerReplacedCount",
                "how often a Kafka producer was replaced because it could no longer write",
                replacedProducers::sum);
        group.count("RecordRetryCount", "records that Kafka's client sent again after a failed request", () ->
                (long) open.sum(RETRIES));
        group.count(
                "RecordErrorCount",
                "records that Kafka's client could not send, at each attempt of the component",
                () -> (long) open.sum(ERRORS));
        group.gauge("InFlightRequestCount", "requests of producers without an answer", () ->
                (long) open.sum("requests-in-flight"));
    }

    /** Selects Kafka's metrics by name. */
    public void select(NamePatterns names) {
        selected = names;
    }

    private void reset() {
        open.reset();
        knownConsumers.clear();
        knownProducers.clear();
        replacedConsumers.reset();
        replacedProducers.reset();
    }

    void onConsumerCreated(String clientId) {
        if (!knownConsumers.add(clientId)) {
            replacedConsumers.increment();
        }
    }

    void onProducerCreated(String clientId) {
        if (!knownProducers.add(clientId)) {
            replacedProducers.increment();
        }
    }

    void open(ClientMetricsReporter client) {
        open.open(client);
    }

    void add(ClientMetricsReporter client, KafkaMetric metric) {
        open.add(client, metric);
    }

    void remove(ClientMetricsReporter client, KafkaMetric metric) {
        open.remove(client, metric);
    }

    void close(ClientMetricsReporter client) {
        open.close(client);
    }

    private String connection() {
        if (open.isEmpty()) {
            return "no client";
        }
        if (open.sum(REFUSED + RATE) > 0 && open.sum(ACCEPTED + RATE) == 0) {
            return "login refused";
        }
        if (open.sum(CONNECTIONS) == 0 && open.sum(CLOSED + TOTAL) == 0) {
            return "not used yet";
        }
        return isConnected() ? "connected" : "not connected";
    }

    /** Kafka counts a connection as soon as it is tried. One that was never established, or was lost and does not come again, shows in the others. */
    private boolean isConnected() {
        boolean isLost =
                open.sum(CLOSED + RATE) > 0 && open.sum(CREATED + RATE) == 0 && open.sum("incoming-byte-rate") == 0;
        return open.sum(CONNECTIONS) > 0 && open.sum(CREATED + TOTAL) > 0 && !isLost;
    }

    /** Returns the selected metrics, by names such as <code>kafka.records-lag{client-id=c,partition=0,topic=t}</code>. */
    private Map<String, Supplier<?>> selection() {
        NamePatterns names = selected;
        Map<String, Supplier<?>> found = new TreeMap<>();
        if (!names.isEmpty()) {
            for (KafkaMetric metric : open.find(name -> names.contains(name.name()))) {
                found.put(attributeName(metric.metricName()), () -> value(metric));
            }
        }
        return found;
    }

    /** A class of the operator's may have added the metric, and may throw anything: the others must still be shown. */
    private static Object value(KafkaMetric metric) {
        try {
            Object value = metric.metricValue();
            return value == null ? "" : value;
        } catch (RuntimeException failed) {
            return "no value: " + failed;
        }
    }

    private static String attributeName(MetricName name) {
        return new TreeMap<>(name.tags())
                .entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(",", "kafka." + name.name() + "{", "}"));
    }
}
