// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flume.Event;

/**
 * How far the next batch may go. After a failure it ends before the event that failed, so that what was good before it is delivered; then that event is
 * a batch of its own until it succeeds, so that nothing behind it is written with each attempt.
 *
 * <p>A Kafka channel has several partitions, and may give another one's events first. So its events are also recognised: wherever one comes that has
 * failed, it is the last of its batch, until it is delivered.
 *
 * <p>For one thread at a time.
 */
final class BatchLimit {

    private static final int NO_SUSPECT = -1;
    /** As many partitions may stand at an event at the same time. */
    private static final int MOST_REMEMBERED = 1000;

    private final int batchSize;
    private final Set<EventIdentity> failed = new LinkedHashSet<>();
    private int beforeSuspect = NO_SUSPECT;

    BatchLimit(int batchSize) {
        this.batchSize = batchSize;
    }

    int next() {
        return isCautious() ? Math.max(1, beforeSuspect) : batchSize;
    }

    /** Whether one event is under suspicion: then no batch may be in flight behind another. */
    boolean isCautious() {
        return beforeSuspect != NO_SUSPECT;
    }

    /** Whether a batch must end with this event. */
    boolean isLast(Event event) {
        return !failed.isEmpty() && failed.contains(EventIdentity.of(event));
    }

    /** Whether a batch of so many events is a full one, by the agent file. */
    boolean isReachedBy(int events) {
        return events >= batchSize;
    }

    /** These were delivered, in this order. */
    void delivered(List<Event> events) {
        if (isCautious()) {
            beforeSuspect = Math.max(NO_SUSPECT, beforeSuspect - events.size());
        }
        if (!failed.isEmpty() && !events.isEmpty()) {
            failed.remove(EventIdentity.of(events.get(events.size() - 1)));
        }
    }

    /** One of these failed, and had so many before it. */
    void failed(List<Event> batch, int before) {
        beforeSuspect = before;
        if (before >= batch.size()) {
            return;
        }
        EventIdentity identity = EventIdentity.of(batch.get(before));
        if (identity instanceof EventIdentity.OfRecord && failed.add(identity) && failed.size() > MOST_REMEMBERED) {
            failed.remove(failed.iterator().next());
        }
    }
}
