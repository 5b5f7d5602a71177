// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.SimpleEvent;
import org.jspecify.annotations.Nullable;

/**
 * The Flume form: the record's value is a binary Avro {@code AvroFlumeEvent}, without a schema id, byte for byte what Flume's bundled
 * components write and read.
 *
 * <p>Text is UTF-8; what is ill-formed (an unpaired surrogate, bytes that are not UTF-8) is replaced as Java replaces it. Of a header
 * that occurs more than once the last value counts. A header that is null is not written.
 */
public final class AvroEventCodec implements EventCodec {

    private static final byte[] NO_BODY = {};

    private final String remedy;

    /** For values that are Avro whatever an agent file says, and for writing. */
    public AvroEventCodec() {
        this.remedy = "";
    }

    /**
     * Because an agent file says so, or because that is the default.
     *
     * @param property with which it says so, to be named where a value is something else
     */
    public AvroEventCodec(String property) {
        this.remedy = "; set " + property + " = false if another program writes the topic";
    }

    @Override
    public byte[] encode(Map<String, String> headers, byte @Nullable [] body) {
        return AvroEventWriter.write(headers, body == null ? NO_BODY : body);
    }

    @Override
    public Event decode(byte @Nullable [] value) throws UnreadableRecordException {
        return value == null ? new SimpleEvent() : new AvroEventReader(value, remedy).read();
    }
}
