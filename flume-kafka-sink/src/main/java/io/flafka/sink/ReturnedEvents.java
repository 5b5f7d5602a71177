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
 * What Kafka has acknowledged of the events that went back to the channel, so that it is not sent again when the channel gives it again.
 *
 * <p>Guarantee: an event is left out only if it is the very one that was acknowledged, or one that cannot be told from it while that is surely in the
 * channel. The channel's events say which:
 *
 * <ul>
 *   <li>those of a Kafka channel have the identity of their record: it holds whatever happened to the transaction;
 *   <li>other channels give the same object again, or
 *   <li>an equal copy of it, as those on disk do. A copy is recognised in the order in which the events went back, each once; at the first event that
 *       does not fit, or when the channel gives none, all copies are forgotten.
 * </ul>
 *
 * Objects and copies are remembered only if they are surely in the channel: they went back to it, and no other sink takes from it. A source may put one
 * object twice, or equal events, and what is remembered for one that does not come back would cost another one its delivery. Records and objects are remembered until they come, or until there
 * are too many: then the oldest is forgotten, and is sent again.
 *
 * <p>For one thread at a time.
 */
final class ReturnedEvents {

    private record Copy(Event event, boolean acknowledged) {}

    private final int capacity;
    private final BooleanSupplier alone;
    /** What is acknowledged, and how often the same object is. */
    private final Map<EventIdentity, Integer> acknowledged = new LinkedHashMap<>();
    /** What the channel is going to give if it gives copies, also what is not acknowledged. */
    private final Deque<Copy> copies = new ArrayDeque<>();

    /**
     * Remembers at most so many.
     *
     * @param alone whether no other sink takes from the channel; once it is not so, it stays so
     */
    ReturnedEvents(int capacity, BooleanSupplier alone) {
        this.capacity = capacity;
        this.alone = alone;
    }

    /** For a sink of these limits: what some of its calls can return before one of them is committed. */
    static ReturnedEvents ofSink(int batchSize, int maxInFlightBatches, BooleanSupplier alone) {
        return new ReturnedEvents((int) Math.min(Integer.MAX_VALUE, 4L * batchSize * maxInFlightBatches), alone);
    }

    /**
     * A batch goes back, in front of those that went back before.
     *
     * @param isAcknowledged by the index
     */
    void add(List<Event> batch, IntPredicate isAcknowledged, FailedBatchState whereabouts) {
        if (whereabouts == FailedBatchState.UNKNOWN) {
            // They may come or not, so the order of what comes behind them is unknown as well.
            copies.clear();
        }
        for (int i = batch.size() - 1; i >= 0; i--) {
            Event event = batch.get(i);
            EventIdentity identity = EventIdentity.of(event);
            boolean isSafe = isAcknowledged.test(i);
            if (identity instanceof EventIdentity.OfObject) {
                if (whereabouts == FailedBatchState.UNKNOWN) {
                    continue;
                }
                copies.addFirst(new Copy(event, isSafe));
            }
            if (isSafe) {
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

    /** Whether Kafka has the event already that the channel has just given. It is forgotten with that: not to be asked twice. */
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
            // A channel that gives the same objects, in another order.
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

    /** The channel has given none: if it gives copies, somebody else has them. */
    void channelGaveNone() {
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
