// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/**
 * Encodes an event in Flume's Avro format, in advance, for the bare producer and for topics to read. It is slow and not
 * measured.
 */
public final class FlumeForm {

    private FlumeForm() {}

    /** Encodes in binary Avro: a map of strings, then bytes. */
    public static byte[] of(Map<String, String> headers, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!headers.isEmpty()) {
            length(headers.size(), out);
            headers.forEach((name, value) -> {
                bytes(name.getBytes(UTF_8), out);
                bytes(value.getBytes(UTF_8), out);
            });
        }
        length(0, out);
        bytes(body, out);
        return out.toByteArray();
    }

    private static void bytes(byte[] bytes, ByteArrayOutputStream out) {
        length(bytes.length, out);
        out.writeBytes(bytes);
    }

    private static void length(int length, ByteArrayOutputStream out) {
        int left = length << 1;
        while (left > 0x7f) {
            out.write((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
