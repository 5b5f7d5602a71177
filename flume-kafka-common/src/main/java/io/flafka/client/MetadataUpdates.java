// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Records when a consumer gets new metadata from the brokers, and whether it came early, before {@code metadata.max.age.ms}: then something has
 * changed or failed.
 *
 * <p>Thread-safe: Kafka's client reports on a thread of its choice, the consumer's owner asks after a poll. Guarantee: an update is reported before
 * {@code poll} returns records that could only be fetched with the new metadata.
 */
public final class MetadataUpdates {

    /** What has arrived since the last question; a later constant outranks the earlier ones. */
    public enum Seen {
        /** No new metadata. */
        NOTHING,
        /** New metadata, because the old has reached its maximum age. */
        ON_TIME,
        /** New metadata before that, for example because a fetch failed and its topic no longer exists. */
        EARLY
    }

    /** A consumer that reports its metadata updates. */
    public interface Reporting {

        /** Returns the updates that it has reported. */
        MetadataUpdates metadataUpdates();
    }

    private final long maxAgeNanos;
    private final LongSupplier nanoTime;
    private final AtomicReference<Seen> seen = new AtomicReference<>(Seen.NOTHING);
    private volatile long lastNanos;

    /**
     * Creates one for a consumer.
     *
     * @param maxAge the consumer's {@code metadata.max.age.ms}
     */
    public MetadataUpdates(Duration maxAge) {
        this(maxAge, System::nanoTime);
    }

    MetadataUpdates(Duration maxAge, LongSupplier nanoTime) {
        this.maxAgeNanos = maxAge.toNanos();
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong() - maxAgeNanos;
    }

    /** Returns the updates of this consumer; none if it does not report them. */
    public static MetadataUpdates of(Consumer<?, ?> consumer) {
        return consumer instanceof Reporting reporting
                ? reporting.metadataUpdates()
                : new MetadataUpdates(Duration.ZERO);
    }

    /** Records that the consumer has new metadata. */
    public void updated() {
        long now = nanoTime.getAsLong();
        boolean early = now - lastNanos < maxAgeNanos;
        lastNanos = now;
        seen.accumulateAndGet(
                early ? Seen.EARLY : Seen.ON_TIME, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    /** Returns what has arrived since the last call. */
    public Seen take() {
        return seen.getAndSet(Seen.NOTHING);
    }
}
