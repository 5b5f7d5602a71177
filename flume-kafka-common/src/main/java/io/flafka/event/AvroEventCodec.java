// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.Map;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/** The Flume form: the record's value is a binary Avro {@code AvroFlumeEvent}, without a schema id. */
public final class AvroEventCodec implements EventCodec {

    @Override
    public byte[] encode(Map<String, String> headers, byte[] body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Event decode(byte @Nullable [] value) throws MalformedEventException {
        throw new MalformedEventException("unsupported");
    }
}
