// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;

/**
 * Observes the requests of a producer. Without the right to write any topic, an idempotent producer gets no producer id, and asks for one more than a
 * thousand times a second: Kafka's client has no pause there, and no method that says so. It sends no record without an id.
 *
 * <p>For one thread at a time.
 */
public final class ProducerRequests {

    private static final String GROUP = "producer-metrics";
    private static final String REQUESTS = "request-total";
    private static final String SENT_RECORDS = "record-send-total";
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** A producer that only looks for brokers or topics makes at most ten a second. */
    private static final double MOST_PER_SECOND = 50;

    private final Optional<Metric> requests;
    private final Optional<Metric> sentRecords;
    private final LongSupplier nanoTime;
    private long lastNanos;
    private double lastCount;

    ProducerRequests(Producer<?, ?> producer) {
        this(producer, System::nanoTime);
    }

    ProducerRequests(Producer<?, ?> producer, LongSupplier nanoTime) {
        this.requests = named(REQUESTS, producer);
        this.sentRecords = named(SENT_RECORDS, producer);
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
    }

    private static Optional<Metric> named(String name, Producer<?, ?> producer) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name)
                        && metric.getKey().group().equals(GROUP))
                .<Metric>map(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns whether the producer has sent a record, and so has a producer id if it needs one. */
    boolean haveRecords() {
        return valueOf(sentRecords) > 0;
    }

    /**
     * Returns whether the producer makes more than 50 requests a second, none of them with a record. Looks at the time since the last call, and not at less
     * than a second.
     */
    boolean areFlooding() {
        long now = nanoTime.getAsLong();
        if (now - lastNanos < SECOND) {
            return false;
        }
        double count = valueOf(requests);
        double perSecond = (count - lastCount) * SECOND / (now - lastNanos);
        lastNanos = now;
        lastCount = count;
        return perSecond > MOST_PER_SECOND && !haveRecords();
    }

    private static double valueOf(Optional<Metric> metric) {
        return metric.map(Metric::metricValue)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).doubleValue())
                .orElse(0.0);
    }
}
