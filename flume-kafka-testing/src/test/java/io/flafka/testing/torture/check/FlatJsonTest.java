// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read, what is cut, and what is refused. */
class FlatJsonTest {

    @Test
    void readsStringsNumbersAndWords() {
        assertThat(FlatJson.read("{ \"a\": \"x\", \"b\":-17 ,\"c\":true}"))
                .contains(Map.of("a", "x", "b", "-17", "c", "true"));
        assertThat(FlatJson.read("{}")).contains(Map.of());
    }

    @Test
    void readsEscapedCharacters() {
        assertThat(FlatJson.read("{\"a\":\"\\\"x\\\\ \\u00e4\\n\"}")).contains(Map.of("a", "\"x\\ \u00e4\n"));
    }

    @Test
    void returnsNothingForEveryCutObject() {
        String whole = "{\"a\":\"x\\u00e4\",\"b\":17}";
        for (int length = 0; length < whole.length(); length++) {
            assertThat(FlatJson.read(whole.substring(0, length))).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoFlatObject() {
        assertThatThrownBy(() -> FlatJson.read("{\"a\":[1]}"))
                .hasMessage("Expected a string, a number or a word at character 6");
        assertThatThrownBy(() -> FlatJson.read("{\"a\" 1}")).hasMessage("Expected ':' at character 6");
        assertThatThrownBy(() -> FlatJson.read("{\"a\":1} 2")).hasMessage("Expected the end at character 8");
    }
}
