// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flume.Event;

/**
 * Decides where the next batch ends.
 *
 * <p>After a failure the next batch ends before the failed event, the suspect, so that the events before it are delivered. Then the suspect is a
 * batch of its own until it succeeds, so that a retry does not send the events after it again.
 *
 * <p>A Kafka channel has several partitions and may give events of another partition first. So its failed events are also recognised by their record:
 * wherever a failed event comes again, it is the last of its batch until it is delivered.
 *
 * <p>For one thread at a time.
 */
final class BatchLimit {

    private static final int NO_SUSPECT = -1;
    /** One event per partition that is stopped at it. */
    private static final int MAX_REMEMBERED = 1000;

    private final BatchSize batchSize;
    private final Set<EventIdentity> failed = new LinkedHashSet<>();
    private int eventsBeforeSuspect = NO_SUSPECT;

    BatchLimit(BatchSize batchSize) {
        this.batchSize = batchSize;
    }

    /** Returns the maximum number of events that the next batch may have. */
    int nextBatchSize() {
        return hasSuspect() ? Math.max(1, eventsBeforeSuspect) : batchSize.events();
    }

    /** Returns whether an event is suspect. Until it is delivered, only one batch at a time may be in flight. */
    boolean hasSuspect() {
        return eventsBeforeSuspect != NO_SUSPECT;
    }

    boolean mustEndWith(Event event) {
        return !failed.isEmpty() && failed.contains(EventIdentity.of(event));
    }

    /**
     * Returns whether a batch has as many events as it may have without a suspect.
     *
     * @param events the number of its events
     * @param bytes the bytes of their bodies
     */
    boolean isFullBatch(int events, long bytes) {
        return batchSize.isReached(events, bytes);
    }

    /** Records that a batch was delivered. */
    void onDelivered(List<Event> batch) {
        if (hasSuspect()) {
            eventsBeforeSuspect = Math.max(NO_SUSPECT, eventsBeforeSuspect - batch.size());
        }
        if (!failed.isEmpty() && !batch.isEmpty()) {
            failed.remove(EventIdentity.of(batch.get(batch.size() - 1)));
        }
    }

    /**
     * Records that a batch failed.
     *
     * @param failedIndex the index of the failed event; the size of the batch if it is none of these events
     */
    void onFailed(List<Event> batch, int failedIndex) {
        eventsBeforeSuspect = failedIndex;
        if (failedIndex >= batch.size()) {
            return;
        }
        EventIdentity identity = EventIdentity.of(batch.get(failedIndex));
        if (identity instanceof EventIdentity.OfRecord && failed.add(identity) && failed.size() > MAX_REMEMBERED) {
            failed.remove(failed.iterator().next());
        }
    }
}
