// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;

/**
 * Observes how many requests a producer makes. Without the right to write any topic, an idempotent producer gets no producer id, and asks for one more
 * than a thousand times a second: Kafka's client has no pause there, and no method that says so.
 *
 * <p>For one thread at a time.
 */
public final class ProducerRequests {

    private static final String TOTAL = "request-total";
    private static final String GROUP = "producer-metrics";
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(20);
    /** A producer that only looks for brokers or topics makes at most ten a second. */
    private static final double MOST_PER_SECOND = 50;

    private final Optional<Metric> total;
    private long lastNanos = System.nanoTime();
    private double lastCount;
    private boolean wasAwaited;

    public ProducerRequests(Producer<?, ?> producer) {
        this.total = producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(TOTAL)
                        && metric.getKey().group().equals(GROUP))
                .<Metric>map(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns whether the producer makes more than 50 requests a second. Looks at the time since the last call, and not at less than a second. */
    boolean areFlooding() {
        long now = System.nanoTime();
        if (now - lastNanos < SECOND) {
            return false;
        }
        double count = count();
        double perSecond = (count - lastCount) * SECOND / (now - lastNanos);
        lastNanos = now;
        lastCount = count;
        return perSecond > MOST_PER_SECOND;
    }

    /**
     * Waits for more than 50 requests from now on, for a second at most, or until an interrupt. Returns whether they were made. Does not wait a second
     * time: a producer that has an id keeps it.
     */
    boolean becomeFlooding() {
        if (wasAwaited) {
            return false;
        }
        wasAwaited = true;
        double limit = count() + MOST_PER_SECOND;
        long end = System.nanoTime() + SECOND;
        while (total.isPresent()
                && count() <= limit
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(CHECK_INTERVAL.toNanos());
        }
        return count() > limit;
    }

    private double count() {
        return total.map(Metric::metricValue)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).doubleValue())
                .orElse(0.0);
    }
}
