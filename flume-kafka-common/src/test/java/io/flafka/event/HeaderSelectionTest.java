// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.NamePatterns;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Copying headers by pattern, in both directions. */
class HeaderSelectionTest {

    private final Headers recordHeaders = new RecordHeaders();
    private final Map<String, String> eventHeaders = new HashMap<>();

    @Test
    void copiesHeadersThatAreIncludedAndNotExcluded() throws UnreadableRecordException {
        recordHeaders.add("x-tenant", bytes("t")).add("x-secret", bytes("s")).add("trace", bytes("größte 😀"));
        recordHeaders.add("xtra", bytes("no"));

        selection("x-*, trace", "*secret", UTF_8).readFrom(recordHeaders, eventHeaders);

        assertThat(eventHeaders).isEqualTo(Map.of("x-tenant", "t", "trace", "größte 😀"));
    }

    @Test
    void aDotInANameMatchesOnlyADot() throws UnreadableRecordException {
        recordHeaders.add("a.b", bytes("1")).add("axb", bytes("2"));

        selection("a.b", "none", UTF_8).readFrom(recordHeaders, eventHeaders);

        assertThat(eventHeaders).isEqualTo(Map.of("a.b", "1"));
    }

    @Test
    void usesTheLastValueOfARepeatedHeaderAndIgnoresNull() throws UnreadableRecordException {
        eventHeaders.put("b", "old");
        recordHeaders.add("a", bytes("1")).add("a", bytes("2")).add("b", null).add("c", new byte[0]);

        selection("*", "none", UTF_8).readFrom(recordHeaders, eventHeaders);

        assertThat(eventHeaders).isEqualTo(Map.of("a", "2", "b", "old", "c", ""));
    }

    @Test
    void neverCopiesTheKey() throws UnreadableRecordException {
        recordHeaders.add("key", bytes("of the record"));
        eventHeaders.put("key", "of the event");
        HeaderSelection all = selection("*", "none", UTF_8);

        all.readFrom(recordHeaders, eventHeaders);
        all.writeTo(eventHeaders, recordHeaders);

        assertThat(eventHeaders).isEqualTo(Map.of("key", "of the event"));
        assertThat(recordHeaders).hasSize(1);
    }

    @Test
    void rejectsBytesThatAreInvalidInTheCharacterSet() throws UnreadableRecordException {
        recordHeaders.add("trace", new byte[] {'a', (byte) 0xff});

        assertThatThrownBy(() -> selection("*", "none", UTF_8).readFrom(recordHeaders, eventHeaders))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage(
                        "record header 'trace' is not valid UTF-8 (headers.charset); add it to headers.exclude to leave it out");
        selection("*", "none", ISO_8859_1).readFrom(recordHeaders, eventHeaders);

        assertThat(eventHeaders).isEqualTo(Map.of("trace", "aÿ"));
    }

    @Test
    void readsBackWhatItWritesAndDoesNotWriteNull() throws UnreadableRecordException {
        eventHeaders.putAll(Map.of("a", "größte", "b", ""));
        eventHeaders.put("c", null);
        HeaderSelection all = selection("*", "none", ISO_8859_1);
        Map<String, String> back = new HashMap<>();

        all.writeTo(eventHeaders, recordHeaders);
        all.readFrom(recordHeaders, back);

        assertThat(back).isEqualTo(Map.of("a", "größte", "b", ""));
    }

    @Test
    void rejectsTextThatTheCharacterSetCannotEncode() {
        eventHeaders.put("price", "5 €");

        assertThatThrownBy(() -> selection("*", "none", ISO_8859_1).writeTo(eventHeaders, recordHeaders))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage("event header 'price' cannot be written in ISO-8859-1 (headers.charset); add it to"
                        + " headers.exclude to leave it out");
    }

    @Test
    void copiesNothingByDefault() throws UnreadableRecordException {
        recordHeaders.add("a", bytes("1"));

        HeaderSelection.none().readFrom(recordHeaders, eventHeaders);

        assertThat(eventHeaders).isEmpty();
    }

    private static HeaderSelection selection(String include, String exclude, Charset charset) {
        return new HeaderSelection(NamePatterns.of(include), NamePatterns.of(exclude), charset);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
