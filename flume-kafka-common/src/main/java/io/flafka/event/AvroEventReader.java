// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.SimpleEvent;

/**
 * Reads one event from a binary Avro {@code AvroFlumeEvent}. Nothing that the value claims about sizes is believed before it was
 * compared with what is left of the value, so no value costs more memory than its own length warrants.
 *
 * <p>Accepts what Avro's own reader accepts, but for a number with bits that its type has no room for, a block of headers with the
 * one count that has no positive counterpart, and bytes after the event: Avro overlooks those, and no writer makes them.
 *
 * <p>Used by one thread, for one value.
 */
final class AvroEventReader {

    /** A header takes at least the two lengths of an empty key and an empty value. */
    private static final int SMALLEST_HEADER = 2;

    private static final int LAST_SHIFT = 63;

    private final byte[] value;
    private final String remedy;
    private int position;

    /**
     * At its beginning.
     *
     * @param remedy what to do if it is no such event, as the end of the message
     */
    AvroEventReader(byte[] value, String remedy) {
        this.value = value;
        this.remedy = remedy;
    }

    Event read() throws UnreadableRecordException {
        Map<String, String> headers = readHeaders();
        byte[] body = readBody();
        if (left() > 0) {
            throw malformed("more bytes after the body", position);
        }
        // SimpleEvent keeps both as they are; EventBuilder would copy the map.
        Event event = new SimpleEvent();
        event.setHeaders(headers);
        event.setBody(body);
        return event;
    }

    private Map<String, String> readHeaders() throws UnreadableRecordException {
        // A map, and not sized by what the value claims: interceptors add to it, and a repeated key needs no room.
        Map<String, String> headers = new HashMap<>();
        long count = readBlockCount();
        while (count > 0) {
            for (long header = 0; header < count; header++) {
                String key = readText("a header's name");
                headers.put(key, readText("a header's value"));
            }
            count = readBlockCount();
        }
        return headers;
    }

    /** The number of headers in the block that starts here; 0 ends the headers. */
    private long readBlockCount() throws UnreadableRecordException {
        int start = position;
        long count = readNumber("the number of headers");
        if (count < 0) {
            // A negative count says that the block's size in bytes follows, for readers that skip; Avro's reader does
            // not look at it either.
            count = -count;
            readNumber("the size of the headers");
        }
        // Still negative: the smallest number has no positive counterpart.
        if (count < 0 || count > left() / SMALLEST_HEADER) {
            throw malformed("more headers than there is room for", start);
        }
        return count;
    }

    private String readText(String what) throws UnreadableRecordException {
        int length = readLength(what);
        String text = new String(value, position, length, UTF_8);
        position += length;
        return text;
    }

    private byte[] readBody() throws UnreadableRecordException {
        int length = readLength("the body");
        byte[] body = Arrays.copyOfRange(value, position, position + length);
        position += length;
        return body;
    }

    private int readLength(String what) throws UnreadableRecordException {
        int start = position;
        long length = readNumber("the length of " + what);
        if (length < 0) {
            throw malformed("the length of " + what + " is negative", start);
        }
        if (length > left()) {
            throw malformed(what + " is longer than what is left", start);
        }
        return (int) length;
    }

    /** Seven bits a byte, lowest first, the sign in the lowest bit of all. */
    private long readNumber(String what) throws UnreadableRecordException {
        int start = position;
        long bits = 0;
        for (int shift = 0; shift <= LAST_SHIFT; shift += 7) {
            if (left() == 0) {
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

    private int left() {
        return value.length - position;
    }

    private UnreadableRecordException malformed(String reason, int at) {
        return new UnreadableRecordException(
                "not a Flume Avro event: " + reason + " at byte " + at + " of " + value.length + remedy);
    }
}
