// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.event.EventHeaders;
import io.flafka.source.RecordHeaders.OfPartition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that headers that are only looked up are the same as those of the whole map, whatever the topic's header is called. */
class RecordHeadersTest {

    private static final Set<String> NAMES = Set.of(
            EventHeaders.KEY,
            EventHeaders.TOPIC,
            EventHeaders.PARTITION,
            EventHeaders.OFFSET,
            EventHeaders.TIMESTAMP,
            EventHeaders.ORIGIN,
            "other");

    static Stream<RecordHeaders> headers() {
        return Stream.concat(Stream.of(Optional.<String>empty()), NAMES.stream().map(Optional::of))
                .map(topicHeader -> new OfPartition("t", 3, "3", topicHeader))
                .flatMap(partition -> Stream.of(
                        new RecordHeaders(partition, 42, 77, "k"), new RecordHeaders(partition, 42, 77, null)));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aLookUpGivesTheSameAsTheMap(RecordHeaders headers) {
        Map<String, String> lookedUp = new HashMap<>();
        for (String name : NAMES) {
            if (headers.get(name) != null) {
                lookedUp.put(name, headers.get(name));
            }
        }

        assertThat(headers.get("missing")).isNull();
        assertThat(headers.get(null)).isNull();
        assertThat(lookedUp).containsEntry(EventHeaders.OFFSET, "42").isEqualTo(new HashMap<>(headers));
        assertThat(headers).isEqualTo(lookedUp).hasSameHashCodeAs(lookedUp);
    }

    @ParameterizedTest
    @MethodSource("headers")
    void isChangedLikeAnyMap(RecordHeaders headers) {
        assertThat(headers.put(EventHeaders.OFFSET, "other")).isEqualTo("42");
        assertThat(headers.remove(EventHeaders.PARTITION)).isEqualTo("3");
        headers.putIfAbsent("added", "a");
        headers.keySet().remove(EventHeaders.TIMESTAMP);

        assertThat(headers.get(EventHeaders.OFFSET)).isEqualTo("other");
        assertThat(headers).containsEntry("added", "a");
        assertThat(headers.get(EventHeaders.PARTITION)).isNull();
        assertThat(headers.containsKey(EventHeaders.TIMESTAMP)).isFalse();

        headers.clear();
        assertThat(headers).isEmpty();
        assertThat(headers.get(EventHeaders.OFFSET)).isNull();
    }
}
