// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;

/**
 * The logins of one producer, TLS handshakes included: its client counts those that were refused, and tells nobody who only waits for an answer.
 *
 * <p>Thread-safe.
 */
public final class ProducerLogins {

    private static final Set<String> REFUSED = Set.of("failed-authentication-total", "failed-reauthentication-total");
    private static final Set<String> ACCEPTED =
            Set.of("successful-authentication-total", "successful-reauthentication-total");
    private static final double NEVER = -1;

    private final List<Metric> refused;
    private final List<Metric> accepted;
    /** How many had been refused when a record left that was acknowledged later. */
    private volatile double forgiven = NEVER;

    public ProducerLogins(Producer<?, ?> producer) {
        this.refused = named(REFUSED, producer);
        this.accepted = named(ACCEPTED, producer);
    }

    private static List<Metric> named(Set<String> names, Producer<?, ?> producer) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> names.contains(metric.getKey().name()))
                .<Metric>map(Map.Entry::getValue)
                .toList();
    }

    double refused() {
        return sum(refused);
    }

    double accepted() {
        return sum(accepted);
    }

    private static double sum(List<Metric> metrics) {
        return metrics.stream()
                .map(Metric::metricValue)
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sum();
    }

    /** Whether one was refused, and nothing acknowledged that was sent after that. */
    boolean standRefused() {
        return refused() > Math.max(0, forgiven);
    }

    /** Whether nothing says that the producer can write: nothing was ever acknowledged, or nothing since a login was refused. */
    boolean areInDoubt(double refusedNow) {
        return refusedNow > forgiven;
    }

    /** A record was acknowledged that was sent after so many had been refused. */
    void haveServed(double refusedBefore) {
        if (refusedBefore > forgiven) {
            raise(refusedBefore);
        }
    }

    private synchronized void raise(double refusedBefore) {
        forgiven = Math.max(forgiven, refusedBefore);
    }
}
