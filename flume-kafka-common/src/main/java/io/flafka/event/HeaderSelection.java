// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers that pass between events and records under their own names. {@code key} is never one of them: it is the record's key.
 *
 * <p>Thread-safe. No text is changed on its way: what is not valid in the character set is an error.
 *
 * @param include which pass
 * @param exclude which of them do not
 * @param charset of their values in a record
 */
public record HeaderSelection(HeaderNames include, HeaderNames exclude, Charset charset) {

    private static final HeaderSelection NONE =
            new HeaderSelection(HeaderNames.NONE, HeaderNames.NONE, StandardCharsets.UTF_8);

    /** Nothing passes. */
    public static HeaderSelection none() {
        return NONE;
    }

    /**
     * Copies a record's headers into an event's, over what is there. The last of a repeated one counts; one that is null leaves what is there.
     *
     * @throws UnreadableRecordException if a value is not valid in the character set
     */
    public void readFrom(Headers recordHeaders, Map<String, String> eventHeaders) throws UnreadableRecordException {
        if (include.isEmpty()) {
            return;
        }
        for (Header header : recordHeaders) {
            byte[] value = header.value();
            if (value != null && passes(header.key())) {
                eventHeaders.put(header.key(), decode(header.key(), value));
            }
        }
    }

    /**
     * Adds an event's headers to a record's; one that is null is not added.
     *
     * @throws UnreadableRecordException if a value cannot be written in the character set
     */
    public void writeTo(Map<String, String> eventHeaders, Headers recordHeaders) throws UnreadableRecordException {
        if (include.isEmpty()) {
            return;
        }
        for (Map.Entry<String, String> header : eventHeaders.entrySet()) {
            if (header.getKey() != null && header.getValue() != null && passes(header.getKey())) {
                recordHeaders.add(header.getKey(), encode(header.getKey(), header.getValue()));
            }
        }
    }

    private boolean passes(String name) {
        return !name.equals(EventHeaders.KEY) && include.contains(name) && !exclude.contains(name);
    }

    private String decode(String name, byte[] value) throws UnreadableRecordException {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException invalid) {
            throw new UnreadableRecordException(
                    "record header '%s' is not valid %s (headers.charset); headers.exclude leaves it out"
                            .formatted(name, charset.name()));
        }
    }

    private byte[] encode(String name, String value) throws UnreadableRecordException {
        try {
            ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(value));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException unmappable) {
            throw new UnreadableRecordException(
                    "event header '%s' cannot be written in %s (headers.charset); headers.exclude leaves it out"
                            .formatted(name, charset.name()));
        }
    }
}
