// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Copying headers under other names, in both directions. */
class HeaderMappingTest {

    private final Headers recordHeaders = new RecordHeaders();
    private final Map<String, String> eventHeaders = new HashMap<>();

    @Test
    void copiesTheLastValueOfARecordHeaderOverTheEventHeader() {
        eventHeaders.put("tenant", "old");
        recordHeaders.add("x-tenant", "first".getBytes(UTF_8)).add("x-tenant", "größte 😀".getBytes(UTF_8));

        new HeaderMapping(Map.of("tenant", "x-tenant")).readFrom(recordHeaders, eventHeaders);

        assertThat(eventHeaders).isEqualTo(Map.of("tenant", "größte 😀"));
    }

    @Test
    void keepsTheEventHeaderIfTheRecordHasNoneOfThatName() {
        eventHeaders.put("tenant", "old");
        recordHeaders.add("X-Tenant", "new".getBytes(UTF_8));

        new HeaderMapping(Map.of("tenant", "x-tenant")).readFrom(recordHeaders, eventHeaders);

        assertThat(eventHeaders).isEqualTo(Map.of("tenant", "old"));
    }

    @Test
    void ignoresARecordHeaderThatIsNull() {
        recordHeaders.add("x-tenant", "first".getBytes(UTF_8)).add("x-tenant", null);
        recordHeaders.add("x-trace", new byte[0]);
        Map<String, String> names = Map.of("tenant", "x-tenant", "trace", "x-trace");

        new HeaderMapping(names).readFrom(recordHeaders, eventHeaders);

        assertThat(eventHeaders).isEqualTo(Map.of("trace", ""));
    }

    @Test
    void replacesBytesThatAreNotUtf8() {
        recordHeaders.add("x-tenant", new byte[] {'a', (byte) 0xff, 'b'});

        new HeaderMapping(Map.of("tenant", "x-tenant")).readFrom(recordHeaders, eventHeaders);

        assertThat(eventHeaders).isEqualTo(Map.of("tenant", "a\ufffdb"));
    }

    @Test
    void addsEventHeadersInTheOrderOfTheMapping() {
        eventHeaders.putAll(Map.of("a", "1", "b", "größte 😀", "c", "3", "d", ""));
        Map<String, String> names = new LinkedHashMap<>();
        names.put("c", "x-third");
        names.put("absent", "x-absent");
        names.put("b", "x-second");
        names.put("d", "x-empty");
        names.put("a", "x-first");
        recordHeaders.add("x-second", "there before".getBytes(UTF_8));

        new HeaderMapping(names).writeTo(eventHeaders, recordHeaders);

        assertThat(written())
                .containsExactly("x-second=there before", "x-third=3", "x-second=größte 😀", "x-empty=", "x-first=1");
    }

    @Test
    void twoEventHeadersMayGoToOneRecordHeader() {
        eventHeaders.putAll(Map.of("a", "1", "b", "2"));
        Map<String, String> names = new LinkedHashMap<>();
        names.put("b", "x");
        names.put("a", "x");

        new HeaderMapping(names).writeTo(eventHeaders, recordHeaders);

        assertThat(written()).containsExactly("x=2", "x=1");
    }

    @Test
    void stockOrderIsThatOfAHashMapFilledOneByOne() {
        Map<String, String> names = new LinkedHashMap<>();
        // With 13 entries Java's map has doubled its capacity, which changes the order of these names.
        for (String name : List.of("z", "y", "x", "w", "v", "u", "t", "s", "r", "q", "BB", "Aa", "p")) {
            names.put(name, "x-" + name);
        }

        assertThat(HeaderMapping.inStockOrder(names).kafkaHeaderByFlumeHeader().keySet())
                .containsExactly("BB", "Aa", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z");
    }

    @Test
    void anEmptyMappingCopiesNothing() {
        eventHeaders.put("a", "1");
        recordHeaders.add("x", "2".getBytes(UTF_8));

        HeaderMapping.none().readFrom(recordHeaders, eventHeaders);
        HeaderMapping.none().writeTo(eventHeaders, recordHeaders);

        assertThat(eventHeaders).isEqualTo(Map.of("a", "1"));
        assertThat(written()).containsExactly("x=2");
    }

    @Test
    void isAnUnmodifiableCopy() {
        Map<String, String> names = new HashMap<>(Map.of("a", "x"));
        HeaderMapping mapping = new HeaderMapping(names);

        names.put("b", "y");

        assertThat(mapping).isEqualTo(new HeaderMapping(Map.of("a", "x")));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> mapping.kafkaHeaderByFlumeHeader().put("b", "y"));
    }

    private List<String> written() {
        List<String> written = new ArrayList<>();
        recordHeaders.forEach(header -> written.add(header.key() + "=" + new String(header.value(), UTF_8)));
        return written;
    }
}
