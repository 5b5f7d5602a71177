// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.HostileText;
import io.flafka.testing.SeededCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Property values that no operator would write. Each is read or refused in a moment, and what a log line shows of it is short and on one line. */
@Timeout(30)
class PropertyValueFuzzTest {

    private static final int CASES = 3_000;

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(ValueType.bool(), "true"),
                Arguments.of(ValueType.integerFrom(1), "42"),
                Arguments.of(ValueType.millisFrom(0), "1000"),
                Arguments.of(ValueType.regex(), "logs-.*"),
                Arguments.of(ValueType.topic(), "a.b_c-D9"),
                Arguments.of(ValueType.topicTemplate(), "logs-%{host}-%Y"),
                Arguments.of(ValueType.topics(), "a,b , c"),
                Arguments.of(ValueType.brokers(), "a:9092,[::1]:9093,SSL://c:9094"),
                Arguments.of(ValueType.zookeeper(), "a:2181,[::1]:2182/kafka/one"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void readsOrRefuses(ValueType<?> type, String valid) {
        assertThat(type.parse(valid)).isPresent();

        SeededCases.run(CASES, random -> type.parse(HostileText.like(valid, random)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void showsItOnOneLine(ValueType<?> type, String valid) {
        SeededCases.run(CASES, random -> {
            String shown = LogSafeText.value(HostileText.like(valid, random));

            // Each of at most 200 characters can become an escape of ten.
            assertThat(shown.length()).isLessThan(2_100);
            assertThat(shown.codePoints()).noneMatch(Character::isISOControl);
            assertThat(shown).doesNotContain("\u2028");
        });
    }
}
