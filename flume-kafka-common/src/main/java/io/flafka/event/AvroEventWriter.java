// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * Writes one event as a binary Avro {@code AvroFlumeEvent}: one block with all headers, an empty block, and the body.
 *
 * <p>For one thread and one event.
 */
final class AvroEventWriter {

    private static final int END_OF_HEADERS = 0;

    private final byte[][] texts;
    private final int headerCount;
    private final byte[] body;

    private AvroEventWriter(byte[][] texts, int headerCount, byte[] body) {
        this.texts = texts;
        this.headerCount = headerCount;
        this.body = body;
    }

    static byte[] write(Map<String, String> headers, byte[] body) {
        // Encodes each text once and keeps the bytes. Measured faster than first counting the bytes and then encoding
        // the text in place.
        byte[][] texts = new byte[2 * headers.size()][];
        int used = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            // Flume's header maps may contain null, which Avro's format cannot express. The event is written without
            // that
            // header.
            if (header.getKey() != null && header.getValue() != null) {
                texts[used++] = header.getKey().getBytes(UTF_8);
                texts[used++] = header.getValue().getBytes(UTF_8);
            }
        }
        return new AvroEventWriter(texts, used / 2, body).write();
    }

    private byte[] write() {
        byte[] value = new byte[size()];
        int position = 0;
        if (headerCount > 0) {
            position = writeNumber(value, position, headerCount);
            for (int text = 0; text < 2 * headerCount; text++) {
                position = writeBytes(value, position, texts[text]);
            }
        }
        position = writeNumber(value, position, END_OF_HEADERS);
        writeBytes(value, position, body);
        return value;
    }

    private int size() {
        long size = headerCount > 0 ? sizeOfNumber(headerCount) : 0;
        for (int text = 0; text < 2 * headerCount; text++) {
            size += sizeOfBytes(texts[text]);
        }
        return Math.toIntExact(size + sizeOfNumber(END_OF_HEADERS) + sizeOfBytes(body));
    }

    private static long sizeOfBytes(byte[] bytes) {
        return sizeOfNumber(bytes.length) + (long) bytes.length;
    }

    /** Avro writes seven bits per byte, and adds one bit for the sign. */
    private static int sizeOfNumber(int number) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros((long) number << 1);
        return Math.max(1, (bits + 6) / 7);
    }

    private static int writeBytes(byte[] value, int position, byte[] bytes) {
        int start = writeNumber(value, position, bytes.length);
        System.arraycopy(bytes, 0, value, start, bytes.length);
        return start + bytes.length;
    }

    private static int writeNumber(byte[] value, int position, int number) {
        int next = position;
        long rest = (long) number << 1;
        while (rest > 0x7F) {
            value[next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        value[next++] = (byte) rest;
        return next;
    }
}
