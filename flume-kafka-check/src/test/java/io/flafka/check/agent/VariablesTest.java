// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Variables in values, as Flume replaces them. */
class VariablesTest {

    private final Map<String, String> environment = Map.of("HOST", "kafka$1");
    private final Map<String, String> system = Map.of("port", "9092");

    private String replaced(String text) {
        return Variables.replaceIn(text, environment::get, system::get);
    }

    @Test
    void areReplacedByTheirValuesOrDefaults() {
        assertThat(replaced("${env:HOST}:${sys:port}")).isEqualTo("kafka$1:9092");
        assertThat(replaced("${env:NO:-a}-${env:HOST:-b}-${sys:no:-}")).isEqualTo("a-kafka$1-");
    }

    @Test
    void stayIfOnlyTheAgentKnowsThem() {
        assertThat(replaced("${env:NO}")).isEqualTo("${env:NO}");
        assertThat(replaced("${secrets['key']}")).isEqualTo("${secrets['key']}");
        assertThat(replaced("${env:NO:-${env:HOST}}")).isEqualTo("${env:NO:-${env:HOST}}");
        assertThat(Variables.remainIn("${secrets['key']}")).isTrue();
        assertThat(Variables.remainIn("%{header} $HOME")).isFalse();
    }
}
