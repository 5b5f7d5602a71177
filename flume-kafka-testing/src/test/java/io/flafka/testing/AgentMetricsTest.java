// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Parses Flume's JSON. */
class AgentMetricsTest {
    private final AgentMetrics metrics =
            AgentMetrics.parse("{\"SOURCE.r1\":{\"Type\":\"SOURCE\",\"EventReceivedCount\":\"12\"},\"CHANNEL.c1\":{}}");

    @Test
    void returnsTheValueOfACounter() {
        assertThat(metrics.counter("SOURCE.r1", "EventReceivedCount")).isEqualTo(12);
    }

    @Test
    void readsTextsWithQuotesAndBraces() {
        AgentMetrics texts = AgentMetrics.parse(
                "{\"SINK.k1\":{\"LastError\":\"no \\\"t\\\" {x}: C:\\\\d\",\"kafka.lag{client-id\\u003dc}\":\"1.0\"}}");

        assertThat(texts.components().get("SINK.k1"))
                .containsEntry("LastError", "no \"t\" {x}: C:\\d")
                .containsEntry("kafka.lag{client-id=c}", "1.0");
    }

    @Test
    void listsAllCountersIfOneIsMissing() {
        assertThatThrownBy(() -> metrics.counter("SINK.k1", "EventDrainSuccessCount"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("No counter EventDrainSuccessCount of SINK.k1 in"
                        + " {CHANNEL.c1={}, SOURCE.r1={EventReceivedCount=12, Type=SOURCE}}");
    }
}
