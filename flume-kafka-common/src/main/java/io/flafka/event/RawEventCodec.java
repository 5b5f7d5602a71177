// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.jspecify.annotations.Nullable;

/** The raw form: the record's value is the event's body. */
public final class RawEventCodec implements EventCodec {

    private static final byte[] EMPTY = {};

    @Override
    public byte[] encode(Map<String, String> headers, byte[] body) {
        return body;
    }

    @Override
    public Event decode(byte @Nullable [] value) {
        return EventBuilder.withBody(value == null ? EMPTY : value);
    }
}
