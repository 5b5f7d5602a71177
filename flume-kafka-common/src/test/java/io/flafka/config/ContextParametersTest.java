// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flume.Context;
import org.junit.jupiter.api.Test;

/** Tested here with the Flume that the build uses. Agents of Flume 1.9 run in the integration tests of flume-kafka-dist. */
class ContextParametersTest {

    @Test
    void returnsAllLinesOfTheComponent() {
        Map<String, String> lines = Map.of("kafka.topic", "orders", "type", "io.flafka.KafkaSink");

        assertThat(ContextParameters.of(new Context(lines))).isEqualTo(lines);
    }
}
