// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.event.KafkaRecordEvent;
import org.apache.flume.Event;

/** By what an event is recognised when its channel gives it again: it must be the same one, an equal one is not enough. Equal to one of the same object. */
abstract sealed class EventIdentity {

    private final Object object;

    private EventIdentity(Object object) {
        this.object = object;
    }

    static EventIdentity of(Event event) {
        return event instanceof KafkaRecordEvent known ? new OfRecord(known.recordIdentity()) : new OfObject(event);
    }

    /** The record of a Kafka channel: its own in any case. */
    static final class OfRecord extends EventIdentity {
        private OfRecord(Object identity) {
            super(identity);
        }
    }

    /** The event object itself, for a channel that keeps it. A source may have put one object several times. */
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
