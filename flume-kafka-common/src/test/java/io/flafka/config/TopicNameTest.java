// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are names of topics. */
class TopicNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "0", "9", "_", "-", "...", "a.b_c-D9"})
    void acceptsWhatKafkaAccepts(String name) {
        assertThat(TopicName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", " ", "a b", "a/b", "a,b", "é", "a\n", "@", "[", "`", "{", "^"})
    void rejectsWhatKafkaRejects(String name) {
        assertThat(TopicName.isValid(name)).isFalse();
    }

    @Test
    void limitsTheLength() {
        assertThat(TopicName.isValid("a".repeat(249))).isTrue();
        assertThat(TopicName.isValid("a".repeat(250))).isFalse();
    }
}
