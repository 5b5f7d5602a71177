// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Reads the headers of events in Flume's format: a map of strings, then bytes, in binary Avro. */
final class FlumeEvents {
    private static final int SEVEN = 7;
    private static final int LOW = 0x7f;

    private FlumeEvents() {}

    /** Returns the headers. None, if these bytes are not an event. */
    static Map<String, String> headers(byte[] event) {
        ByteBuffer in = ByteBuffer.wrap(event);
        Map<String, String> headers = new TreeMap<>();
        try {
            for (long count = number(in); count != 0; count = number(in)) {
                if (count < 0) {
                    count = -count;
                    number(in);
                }
                for (long i = 0; i < count; i++) {
                    String name = text(in);
                    headers.put(name, text(in));
                }
            }
            return headers;
        } catch (BufferUnderflowException | IllegalArgumentException notAnEvent) {
            return Map.of();
        }
    }

    private static String text(ByteBuffer in) {
        int length = Math.toIntExact(number(in));
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("No text has " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, UTF_8);
    }

    private static long number(ByteBuffer in) {
        long bits = 0;
        for (int shift = 0; ; shift += SEVEN) {
            byte next = in.get();
            bits |= (long) (next & LOW) << shift;
            if (next >= 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
    }
}
