// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;

/**
 * Observes the logins of one producer, TLS handshakes included. The client counts refused logins in its metrics, but does not report them to a thread
 * that waits for an answer.
 *
 * <p>Thread-safe.
 */
public final class ProducerLogins {

    private static final Set<String> REFUSED = Set.of("failed-authentication-total", "failed-reauthentication-total");
    private static final Set<String> ACCEPTED =
            Set.of("successful-authentication-total", "successful-reauthentication-total");
    private static final Set<String> SENT = Set.of("record-send-total");
    private static final double NEVER = -1;

    private final List<Metric> refused;
    private final List<Metric> accepted;
    private final List<Metric> sent;
    /** Batches with records without an answer. Weak, because a thread may abandon its batch. */
    private final Set<BatchLogins> unanswered =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** How many logins had been refused when a record was sent that was acknowledged later. */
    private volatile double refusedBeforeSuccess = NEVER;

    public ProducerLogins(Producer<?, ?> producer) {
        this.refused = named(REFUSED, producer);
        this.accepted = named(ACCEPTED, producer);
        this.sent = named(SENT, producer);
    }

    private static List<Metric> named(Set<String> names, Producer<?, ?> producer) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> names.contains(metric.getKey().name()))
                .<Metric>map(Map.Entry::getValue)
                .toList();
    }

    double refusedCount() {
        return sum(refused);
    }

    double acceptedCount() {
        return sum(accepted);
    }

    /** Returns how many records the producer has handed to connections that had logged in. Counts each attempt, before it is written. */
    double sentRecordCount() {
        return sum(sent);
    }

    private static double sum(List<Metric> metrics) {
        return metrics.stream()
                .map(Metric::metricValue)
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sum();
    }

    /** Returns whether a login was refused and no record that was sent later was acknowledged. */
    boolean areRefused() {
        return refusedCount() > Math.max(0, refusedBeforeSuccess);
    }

    /**
     * Returns whether nothing shows that the producer can write: no record was ever acknowledged, or none that was sent after the last refused login.
     */
    boolean isWriteUnproven(double refusedNow) {
        return refusedNow > refusedBeforeSuccess;
    }

    /** Notes that a thread sends records of a batch and waits for their answers. */
    void begin(BatchLogins batch) {
        unanswered.add(batch);
    }

    /** Notes that nobody waits for answers to the batch any more. */
    void end(BatchLogins batch) {
        unanswered.remove(batch);
    }

    /** Returns whether records may be on their way to a broker. A new producer could send them a second time. */
    boolean mayHaveRecordsOnTheirWay() {
        synchronized (unanswered) {
            return unanswered.stream().anyMatch(BatchLogins::mayBeOnItsWay);
        }
    }

    /** Notes that a record was acknowledged that was sent after this many refused logins. */
    void onAcknowledged(double refusedBefore) {
        if (refusedBefore > refusedBeforeSuccess) {
            raise(refusedBefore);
        }
    }

    private synchronized void raise(double refusedBefore) {
        refusedBeforeSuccess = Math.max(refusedBeforeSuccess, refusedBefore);
    }
}
