// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import io.flafka.config.LogSafeText;
import io.flafka.config.NamePatterns;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Copies headers between events and records under the same name: the properties {@code headers.*} of a component. {@code key} is never copied,
 * because it is the record's key.
 *
 * <p>Immutable. A value that is invalid in the character set is an error; it is never altered.
 *
 * @param include the headers to copy
 * @param exclude the headers to leave out even if {@code include} matches them
 * @param charset the character set of the values in a record
 */
public record HeaderSelection(NamePatterns include, NamePatterns exclude, Charset charset) {

    private static final HeaderSelection NONE =
            new HeaderSelection(NamePatterns.NONE, NamePatterns.NONE, StandardCharsets.UTF_8);

    /** Returns a selection that copies nothing. */
    public static HeaderSelection none() {
        return NONE;
    }

    /**
     * Copies headers of a record to an event and replaces those that the event has. If the record has a header more than once, the last value counts.
     * A header whose value is null is ignored.
     *
     * @throws UnreadableRecordException if a value is not valid in the character set
     */
    public void readFrom(Headers recordHeaders, Map<String, String> eventHeaders) throws UnreadableRecordException {
        if (include.isEmpty()) {
            return;
        }
        for (Header header : recordHeaders) {
            byte[] value = header.value();
            if (value != null && isSelected(header.key())) {
                eventHeaders.put(header.key(), decode(header.key(), value));
            }
        }
    }

    /**
     * Adds headers of an event to a record. A header whose value is null is not added.
     *
     * @throws UnwritableEventException if a value of the event cannot be written in the character set
     */
    public void writeTo(Map<String, String> eventHeaders, Headers recordHeaders) {
        if (include.isEmpty()) {
            return;
        }
        for (Map.Entry<String, String> header : eventHeaders.entrySet()) {
            if (header.getKey() != null && header.getValue() != null && isSelected(header.getKey())) {
                recordHeaders.add(header.getKey(), encode(header.getKey(), header.getValue()));
            }
        }
    }

    private boolean isSelected(String name) {
        return !name.equals(EventHeaders.KEY) && include.contains(name) && !exclude.contains(name);
    }

    private String decode(String name, byte[] value) throws UnreadableRecordException {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException invalid) {
            throw new UnreadableRecordException(
                    "record header '%s' is not valid %s (headers.charset); add it to headers.exclude to leave it out"
                            .formatted(LogSafeText.value(name), charset.name()));
        }
    }

    private byte[] encode(String name, String value) {
        try {
            ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(value));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException unmappable) {
            throw new UnwritableEventException(
                    "event header '%s' cannot be written in %s (headers.charset); add it to headers.exclude to leave it out"
                            .formatted(LogSafeText.value(name), charset.name()));
        }
    }
}
