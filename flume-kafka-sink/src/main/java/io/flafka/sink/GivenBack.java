// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.apache.flume.Event;

/**
 * The events of failed batches that went back to the channel, with what Kafka has acknowledged of them, so that those are not sent again when the
 * channel gives them again.
 *
 * <p>A channel on disk gives other objects for the same events, so they are compared by headers and body. That cannot lose one: an event is left out
 * only if Kafka has an equal one that was acknowledged and not counted yet, so there are never fewer records than events. All are forgotten as soon as
 * the channel gives another event, or none: then somebody else has them.
 *
 * <p>For one thread at a time.
 */
final class GivenBack {

    private record Entry(Event event, boolean done) {}

    private final Deque<Entry> entries = new ArrayDeque<>();

    /** What went back last is what the channel gives first, so a batch is added from its end. */
    void addFirst(Event event, boolean done) {
        entries.addFirst(new Entry(event, done));
    }

    /** Whether the event that the channel has just given is one that Kafka has already. Not to be asked twice. */
    boolean isDone(Event event) {
        Iterator<Entry> each = entries.iterator();
        while (each.hasNext()) {
            Entry entry = each.next();
            if (isEqual(entry.event(), event)) {
                each.remove();
                return entry.done();
            }
        }
        forget();
        return false;
    }

    /** The channel has given none. */
    void forget() {
        entries.clear();
    }

    private static boolean isEqual(Event one, Event other) {
        return Arrays.equals(one.getBody(), other.getBody()) && one.getHeaders().equals(other.getHeaders());
    }
}
