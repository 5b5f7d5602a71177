// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.SimpleEvent;
import org.jspecify.annotations.Nullable;

/**
 * The raw form of an event: the record's value is the event's body, and both share the same array. Every value can be read.
 *
 * <p>An event without a body becomes an empty value, never a tombstone, which would delete its key from a compacted topic.
 */
public final class RawEventCodec implements EventCodec {

    private static final byte[] NO_BODY = {};

    @Override
    public byte[] encode(Map<String, String> headers, byte @Nullable [] body) {
        return body == null ? NO_BODY : body;
    }

    @Override
    public String toString() {
        return "raw";
    }

    @Override
    public Event decode(byte @Nullable [] value) {
        Event event = new SimpleEvent();
        event.setBody(value == null ? NO_BODY : value);
        return event;
    }
}
