// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.SimpleEvent;
import org.jspecify.annotations.Nullable;

/**
 * The Avro form of an event: the record's value is a binary {@code AvroFlumeEvent} without a schema id. It is byte for byte the same as the one that
 * Flume's own components write and read.
 *
 * <p>Text is UTF-8. An unpaired surrogate, or bytes that are not UTF-8, are replaced as Java's own conversion does. If a header occurs more than
 * once, the last value counts. A header without a name or without a value is not written.
 */
public final class AvroEventCodec implements EventCodec {

    private static final byte[] NO_BODY = {};

    private final String advice;

    /** Creates a codec whose error messages give no advice: for writing, and for topics that are always in Avro form. */
    public AvroEventCodec() {
        this.advice = "";
    }

    /**
     * Creates a codec whose error messages name the property that turns the Avro form off.
     *
     * @param property the name of that property
     */
    public AvroEventCodec(String property) {
        this.advice = "; set " + property + " = false if another program writes the topic";
    }

    @Override
    public byte[] encode(Map<String, String> headers, byte @Nullable [] body) {
        return AvroEventWriter.write(headers, body == null ? NO_BODY : body);
    }

    @Override
    public String toString() {
        return "avro";
    }

    @Override
    public Event decode(byte @Nullable [] value) throws UnreadableRecordException {
        return value == null ? new SimpleEvent() : new AvroEventReader(value, advice).read();
    }
}
