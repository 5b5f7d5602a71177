// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finds the agent's name in the command line that flume-ng builds. */
class AgentNameTest {

    @ParameterizedTest
    @CsvSource({
        "org.apache.flume.node.Application -n a1 -f agent.properties, a1",
        "org.apache.flume.node.Application -f agent.properties --name a1, a1",
        "org.apache.flume.node.Application --name=a1 --no-reload-conf, a1",
        "org.apache.flume.node.Application -f agent.properties -n, agent",
        "org.apache.flume.node.Application, agent",
        "com.example.Embedding -n other, agent",
        "'', agent"
    })
    void isReadFromTheCommandLine(String command, String name) {
        assertThat(AgentName.in(command)).isEqualTo(new AgentName(name));
    }

    @Test
    void beginsTheLinesOfAComponentIfItIsKnown() {
        assertThat(new AgentName("a1").linePrefix("sinks", "k1")).isEqualTo("a1.sinks.k1.");
        assertThat(AgentName.in("com.example.Embedding").linePrefix("sinks", "k1"))
                .isEmpty();
    }
}
