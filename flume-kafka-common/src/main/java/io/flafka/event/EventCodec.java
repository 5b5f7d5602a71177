// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.Map;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/**
 * The form an event has as the value of a Kafka record.
 *
 * <p>Thread-safe: codecs keep no state between calls.
 */
public sealed interface EventCodec permits RawEventCodec, AvroEventCodec {

    /**
     * The record value for an event.
     *
     * @param headers the event's headers; the raw form does not carry them
     * @param body the event's body; Flume's contract lets an event be without one, which counts as empty
     */
    byte[] encode(Map<String, String> headers, byte @Nullable [] body);

    /**
     * The event in a record value, with headers that may be changed. A record without a value (a tombstone) is an event without
     * headers and with an empty body.
     *
     * @throws UnreadableRecordException if the value is not of this form; nothing of it has been used
     */
    Event decode(byte @Nullable [] value) throws UnreadableRecordException;
}
