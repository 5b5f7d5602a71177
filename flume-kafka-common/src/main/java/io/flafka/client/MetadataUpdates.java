// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Notices when a consumer has got new metadata from the brokers, and whether that came early: before its time, because something has changed or failed.
 *
 * <p>Thread-safe: Kafka's client reports on a thread of its choice, its owner asks after a poll. Guarantee: records that could only be fetched with the
 * new metadata leave {@code poll} after the report.
 */
public final class MetadataUpdates {

    /** What has come since it was asked last; the later one includes the others. */
    public enum Seen {
        /** No metadata. */
        NOTHING,
        /** Metadata, when the old ones were as old as they may get. */
        ON_TIME,
        /** Metadata that were asked for before that: as when a fetch failed because its topic is gone. */
        EARLY
    }

    /** A consumer that reports. */
    public interface Reporting {

        /** Its reports. */
        MetadataUpdates metadataUpdates();
    }

    private final long maxAgeNanos;
    private final LongSupplier nanoTime;
    private final AtomicReference<Seen> seen = new AtomicReference<>(Seen.NOTHING);
    private volatile long lastNanos;

    /** For a consumer whose metadata may get so old: Kafka's {@code metadata.max.age.ms}. */
    public MetadataUpdates(Duration maxAge) {
        this(maxAge, System::nanoTime);
    }

    MetadataUpdates(Duration maxAge, LongSupplier nanoTime) {
        this.maxAgeNanos = maxAge.toNanos();
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong() - maxAgeNanos;
    }

    /** The reports of that consumer; none of one that does not report. */
    public static MetadataUpdates of(Consumer<?, ?> consumer) {
        return consumer instanceof Reporting reporting
                ? reporting.metadataUpdates()
                : new MetadataUpdates(Duration.ZERO);
    }

    /** The consumer has new metadata. */
    public void updated() {
        long now = nanoTime.getAsLong();
        boolean early = now - lastNanos < maxAgeNanos;
        lastNanos = now;
        seen.accumulateAndGet(
                early ? Seen.EARLY : Seen.ON_TIME, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    /** What has come since the last call. */
    public Seen take() {
        return seen.getAndSet(Seen.NOTHING);
    }
}
