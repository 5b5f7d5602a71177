// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.Map;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/**
 * Converts between a Flume event and the value of a Kafka record.
 *
 * <p>Thread-safe: a codec keeps no state between calls.
 */
public sealed interface EventCodec permits RawEventCodec, AvroEventCodec, TombstoneCodec {

    /**
     * Encodes an event as a record value; null for a tombstone.
     *
     * @param headers the event's headers; the raw form does not contain them
     * @param body the event's body; null, which Flume allows, counts as empty
     */
    byte @Nullable [] encode(Map<String, String> headers, byte @Nullable [] body);

    /**
     * Decodes the event in a record value. Its headers can be changed. A record without a value (a tombstone) becomes an event without headers and
     * with an empty body.
     *
     * @throws UnreadableRecordException if the value does not have this form
     */
    Event decode(byte @Nullable [] value) throws UnreadableRecordException;
}
