// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.SimpleEvent;

/**
 * Reads one event from a binary Avro {@code AvroFlumeEvent}. Every size in the value is compared with the bytes that are left before memory is
 * allocated for it. So a damaged value cannot cost more memory than its own length justifies.
 *
 * <p>Accepts what Avro's own reader accepts, with three exceptions that Avro ignores and no writer produces: a number with more than 64 bits, a
 * header block whose count is {@code Long.MIN_VALUE}, and bytes after the event.
 *
 * <p>For one thread and one value.
 */
final class AvroEventReader {

    /** The size of a header with an empty name and an empty value: two lengths of one byte. */
    private static final int MIN_HEADER_SIZE = 2;

    private static final int LAST_SHIFT = 63;

    /** A text or the body, in error messages. The texts exist before they are needed: one made for each length costs more than reading it. */
    private enum Part {
        NAME("a header's name"),
        VALUE("a header's value"),
        BODY("the body");

        private final String text;
        private final String length;

        Part(String text) {
            this.text = text;
            this.length = "the length of " + text;
        }
    }

    private final byte[] value;
    private final String advice;
    private int position;

    /**
     * Starts at the beginning of the value.
     *
     * @param advice the end of the error message: what to do if the value is not such an event
     */
    AvroEventReader(byte[] value, String advice) {
        this.value = value;
        this.advice = advice;
    }

    Event read() throws UnreadableRecordException {
        Map<String, String> headers = readHeaders();
        byte[] body = readBody();
        if (remaining() > 0) {
            throw malformed("more bytes after the body", position);
        }
        // SimpleEvent keeps the map and the body. EventBuilder would copy the map.
        Event event = new SimpleEvent();
        event.setHeaders(headers);
        event.setBody(body);
        return event;
    }

    private Map<String, String> readHeaders() throws UnreadableRecordException {
        // Not sized by the count in the value: interceptors add headers, and a repeated name needs no second entry.
        Map<String, String> headers = new HashMap<>();
        long count = readBlockCount();
        while (count > 0) {
            for (long header = 0; header < count; header++) {
                String key = readText(Part.NAME);
                headers.put(key, readText(Part.VALUE));
            }
            count = readBlockCount();
        }
        return headers;
    }

    /** Reads the number of headers in the next block. 0 means that there are no more headers. */
    private long readBlockCount() throws UnreadableRecordException {
        int start = position;
        long count = readNumber("the number of headers");
        if (count < 0) {
            // After a negative count comes the block's size in bytes, for readers that skip blocks. Avro's own reader
            // ignores it too.
            count = -count;
            readNumber("the size of the headers");
        }
        // Still negative if it was Long.MIN_VALUE, which has no positive counterpart.
        if (count < 0 || count > remaining() / MIN_HEADER_SIZE) {
            throw malformed("more headers than the value can contain", start);
        }
        return count;
    }

    private String readText(Part part) throws UnreadableRecordException {
        int length = readLength(part);
        String text = new String(value, position, length, UTF_8);
        position += length;
        return text;
    }

    private byte[] readBody() throws UnreadableRecordException {
        int length = readLength(Part.BODY);
        byte[] body = Arrays.copyOfRange(value, position, position + length);
        position += length;
        return body;
    }

    private int readLength(Part part) throws UnreadableRecordException {
        int start = position;
        long length = readNumber(part.length);
        if (length < 0) {
            throw malformed(part.length + " is negative", start);
        }
        if (length > remaining()) {
            throw malformed(part.text + " is longer than the rest of the value", start);
        }
        return (int) length;
    }

    /** Reads a number in Avro's zigzag encoding: seven bits per byte, lowest bits first, with the sign in the lowest bit. */
    private long readNumber(String what) throws UnreadableRecordException {
        int start = position;
        long bits = 0;
        for (int shift = 0; shift <= LAST_SHIFT; shift += 7) {
            if (remaining() == 0) {
                throw malformed("ends inside " + what, start);
            }
            byte next = value[position++];
            bits |= (next & 0x7FL) << shift;
            boolean overflows = shift == LAST_SHIFT && next != 0 && next != 1;
            if (next >= 0 && !overflows) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw malformed(what + " has more than 64 bits", start);
    }

    private int remaining() {
        return value.length - position;
    }

    private UnreadableRecordException malformed(String reason, int at) {
        return new UnreadableRecordException(
                "not a Flume Avro event: " + reason + " at byte " + at + " of " + value.length + advice);
    }
}
