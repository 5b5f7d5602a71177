// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import io.flafka.config.Property;
import io.flafka.config.ValueType;
import java.util.Map;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tombstones. A record without a value becomes an event with an empty body and the header {@link EventHeaders#TOMBSTONE}, and such an event becomes
 * a record without a value. An event with that header and a body is not a tombstone: an interceptor may have added the body.
 *
 * @param codec converts all other events
 */
public record TombstoneCodec(EventCodec codec) implements EventCodec {

    /** Whether a component keeps tombstones. */
    public static final Property<Boolean> KEEP_TOMBSTONES = Property.of(
                    "keepTombstones",
                    ValueType.bool(),
                    "Whether a record without a value, which deletes its key from a compacted topic, stays one. Reading: its event has an empty"
                            + " body, and the header `kafka.tombstone`. Writing: an event with that header and an empty body becomes a record without a"
                            + " value. If `false`, it becomes an empty value. Needed in each component on the way.")
            .defaultsTo("false");

    private static final String TRUE = "true";

    /** Returns the codec, or one that keeps tombstones. */
    public static EventCodec of(EventCodec codec, boolean keepsTombstones) {
        return keepsTombstones ? new TombstoneCodec(codec) : codec;
    }

    @Override
    public byte @Nullable [] encode(Map<String, String> headers, byte @Nullable [] body) {
        boolean isTombstone = (body == null || body.length == 0) && TRUE.equals(headers.get(EventHeaders.TOMBSTONE));
        return isTombstone ? null : codec.encode(headers, body);
    }

    @Override
    public Event decode(byte @Nullable [] value) throws UnreadableRecordException {
        Event event = codec.decode(value);
        if (value == null) {
            event.getHeaders().put(EventHeaders.TOMBSTONE, TRUE);
        }
        return event;
    }
}
