// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flume.Context;
import org.junit.jupiter.api.Test;

/** With the Flume that it is built against; an agent of Flume 1.9 is run elsewhere. */
class ContextParametersTest {

    @Test
    void areAllLinesOfTheComponent() {
        Map<String, String> lines = Map.of("kafka.topic", "orders", "type", "io.flafka.KafkaSink");

        assertThat(ContextParameters.of(new Context(lines))).isEqualTo(lines);
    }
}
