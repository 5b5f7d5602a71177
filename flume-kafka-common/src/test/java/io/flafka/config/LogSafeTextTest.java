// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text from outside, in a log line. */
class LogSafeTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain ~text!", "w\u00f6rter \u4e2d\u6587 \uff0c", "\ud83d\ude00"})
    void leavesVisibleCharacters(String text) {
        assertThat(LogSafeText.value(text)).isEqualTo(text);
        assertThat(LogSafeText.message(text)).isEqualTo(text);
        assertThat(LogSafeText.quoted(text)).isEqualTo("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "10,\\u000a",
        "13,\\u000d",
        "27,\\u001b",
        "160,\\u00a0",
        "8203,\\u200b",
        "8232,\\u2028",
        "65279,\\ufeff",
        "55296,\\ud800",
        "57344,\\ue000",
        "917505,\\U000e0001"
    })
    void escapesInvisibleCharacters(int character, String shown) {
        assertThat(LogSafeText.message("a" + Character.toString(character) + "b"))
                .isEqualTo("a" + shown + "b");
    }

    @Test
    void boundsTheLength() {
        assertThat(LogSafeText.value("x".repeat(200))).hasSize(200);
        assertThat(LogSafeText.value("x".repeat(201))).isEqualTo("x".repeat(200) + "… (201 characters)");
        assertThat(LogSafeText.message("x".repeat(3001))).isEqualTo("x".repeat(3000) + "… (3001 characters)");
    }

    @Test
    void describesTheFirstCharacterThatIsNotPrintableAscii() {
        assertThat(LogSafeText.firstNonAscii("plain ~ !")).isEmpty();
        assertThat(LogSafeText.firstNonAscii("a\uff0cb\u00e9")).contains("'\uff0c' (U+FF0C FULLWIDTH COMMA)");
        assertThat(LogSafeText.firstNonAscii("a\u200bb")).contains("'\\u200b' (U+200B ZERO WIDTH SPACE)");
        assertThat(LogSafeText.firstNonAscii("\u001f")).contains("'\\u001f' (U+001F INFORMATION SEPARATOR ONE)");
        assertThat(LogSafeText.firstNonAscii("\u007f")).contains("'\\u007f' (U+007F DELETE)");
    }
}
