// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.event.TopicBackedEvent;
import org.apache.flume.Event;

/**
 * Recognises an event when its channel gives it again. Two identities are equal if they have the very same object; an equal event is not enough.
 */
abstract sealed class EventIdentity {

    private final Object object;

    private EventIdentity(Object object) {
        this.object = object;
    }

    static EventIdentity of(Event event) {
        return event instanceof TopicBackedEvent known ? new OfRecord(known.recordIdentity()) : new OfObject(event);
    }

    /** Identifies an event of a Kafka channel by its record. The identity is unique, even after a failed commit or rollback. */
    static final class OfRecord extends EventIdentity {
        private OfRecord(Object identity) {
            super(identity);
        }
    }

    /** Identifies an event by its object, for a channel that keeps the object. A source may have put the same object several times. */
    static final class OfObject extends EventIdentity {
        private OfObject(Event event) {
            super(event);
        }
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof EventIdentity that && that.object == object;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(object);
    }
}
