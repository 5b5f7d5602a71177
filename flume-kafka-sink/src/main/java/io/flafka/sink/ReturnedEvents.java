// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.apache.flume.Event;

/**
 * Remembers the rolled-back events that Kafka has already acknowledged, so that the sink does not send them again.
 *
 * <p>Guarantee: an event is left out only if it is the very event that was acknowledged, or an equal one while that event is known to be in the
 * channel. How an event is recognised depends on its channel:
 *
 * <ul>
 *   <li>An event of a Kafka channel is recognised by its record, even after a failed commit or rollback.
 *   <li>Other channels give the same object again, or
 *   <li>an equal copy of it, as channels on disk do. Copies are recognised only in the order in which the events were rolled back, each once. At the
 *       first event that does not match, or when the channel is empty, all copies are forgotten.
 * </ul>
 *
 * <p>Objects and copies are remembered only if they are known to be in the channel: their batch was rolled back, and no other sink takes from the
 * channel. A source may put one object twice, or equal events. If the sink remembered an event that does not come back, it would leave out another
 * event, which is data loss.
 *
 * <p>Records and objects are remembered until they come, or until there are too many: then the oldest is forgotten, and is sent again.
 *
 * <p>For one thread at a time.
 */
final class ReturnedEvents {

    /** Where the events of a failed batch are. */
    enum Location {
        /** The channel has them and gives them again. */
        IN_CHANNEL,
        /** The channel may have removed them: a commit was tried, or the rollback failed. */
        UNKNOWN
    }

    private record Copy(Event event, boolean acknowledged) {}

    private final int capacity;
    private final BooleanSupplier alone;
    /** How many times each acknowledged event was rolled back: more than once if a source has put one object several times. */
    private final Map<EventIdentity, Integer> acknowledged = new LinkedHashMap<>();
    /** The next events of the channel if it gives copies, including those that are not acknowledged. */
    private final Deque<Copy> copies = new ArrayDeque<>();

    /**
     * Creates an empty memory.
     *
     * @param capacity the maximum number of events to remember
     * @param alone whether no other sink takes from the channel; once {@code false}, it stays {@code false}
     */
    ReturnedEvents(int capacity, BooleanSupplier alone) {
        this.capacity = capacity;
        this.alone = alone;
    }

    /** Creates the memory of a sink. Its capacity is four times the maximum number of events in flight: several calls may fail before a batch is committed. */
    static ReturnedEvents ofSink(int batchSize, int maxInFlightBatches, BooleanSupplier alone) {
        return new ReturnedEvents((int) Math.min(Integer.MAX_VALUE, 4L * batchSize * maxInFlightBatches), alone);
    }

    /**
     * Adds the events of a failed batch, in front of those added before.
     *
     * @param isAcknowledged whether Kafka has acknowledged the event of that index
     * @param location where the events are now
     */
    void add(List<Event> batch, IntPredicate isAcknowledged, Location location) {
        if (location == Location.UNKNOWN) {
            // These events may come again or not, so the order of the events after them is unknown too.
            copies.clear();
        }
        for (int i = batch.size() - 1; i >= 0; i--) {
            Event event = batch.get(i);
            EventIdentity identity = EventIdentity.of(event);
            boolean isInKafka = isAcknowledged.test(i);
            if (identity instanceof EventIdentity.OfObject) {
                if (location == Location.UNKNOWN) {
                    continue;
                }
                copies.addFirst(new Copy(event, isInKafka));
            }
            if (isInKafka) {
                acknowledged.merge(identity, 1, Integer::sum);
            }
        }
        trim();
    }

    private void trim() {
        while (copies.size() > capacity) {
            copies.removeLast();
        }
        while (acknowledged.size() > capacity) {
            acknowledged.remove(acknowledged.keySet().iterator().next());
        }
    }

    /** Returns whether Kafka already has the event that the channel has just given, and forgets the event: call it once per event. */
    boolean isAcknowledged(Event event) {
        if (acknowledged.isEmpty() && copies.isEmpty()) {
            return false;
        }
        EventIdentity identity = EventIdentity.of(event);
        if (identity instanceof EventIdentity.OfObject && !alone.getAsBoolean()) {
            return false;
        }
        Copy next = copies.peekFirst();
        if (next != null && next.event() == event) {
            return use(next);
        }
        if (forget(identity)) {
            // The channel gives the same objects, but in another order.
            copies.clear();
            return true;
        }
        if (next != null && identity instanceof EventIdentity.OfObject && isEqual(next.event(), event)) {
            return use(next);
        }
        copies.clear();
        return false;
    }

    private boolean use(Copy next) {
        copies.removeFirst();
        if (next.acknowledged()) {
            forget(EventIdentity.of(next.event()));
        }
        return next.acknowledged();
    }

    /** The channel has no events: if it gives copies, another sink has taken them. */
    void onEmptyChannel() {
        copies.clear();
    }

    private boolean forget(EventIdentity identity) {
        Integer times = acknowledged.remove(identity);
        if (times != null && times > 1) {
            acknowledged.put(identity, times - 1);
        }
        return times != null;
    }

    private static boolean isEqual(Event one, Event other) {
        return Arrays.equals(one.getBody(), other.getBody()) && one.getHeaders().equals(other.getHeaders());
    }
}
