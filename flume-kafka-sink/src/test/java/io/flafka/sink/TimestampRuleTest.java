// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.LogLines;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a record's timestamp, where null means the time of sending. */
class TimestampRuleTest {

    private final TimestampRule rule = new TimestampRule("k1", Optional.of("ts"));

    @ParameterizedTest
    @ValueSource(strings = {"0", "1700000000000", " 1700000000000 "})
    void usesMillisecondsInHeader(String given) {
        assertThat(rule.timestampOf(Map.of("ts", given))).isEqualTo(Long.parseLong(given.trim()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999"})
    void ignoresInvalidTime(String given) {
        assertThat(rule.timestampOf(Map.of("ts", given))).isNull();
    }

    @Test
    void usesTimeOfSendingWithoutHeader() {
        assertThat(rule.timestampOf(Map.of("timestamp", "5"))).isNull();
        assertThat(new TimestampRule("k1", Optional.empty()).timestampOf(Map.of("timestamp", "5")))
                .isNull();
    }

    @Test
    void warnsOnceOfInvalidTime() {
        try (LogLines log = new LogLines(TimestampRule.class)) {
            rule.timestampOf(Map.of("ts", "soon"));
            rule.timestampOf(Map.of("ts", "-1"));

            assertThat(log.lines())
                    .containsExactly(
                            "WARN KafkaSink k1: event header 'ts' (timestampHeader) is 'soon', which is not a time in"
                                    + " milliseconds. Such events get the time of sending (reported once)");
        }
    }
}
