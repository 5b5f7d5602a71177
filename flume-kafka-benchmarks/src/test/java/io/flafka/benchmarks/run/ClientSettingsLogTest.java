// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads the settings that clients log. */
class ClientSettingsLogTest {

    @Test
    void readsTheRelevantSettingsOfEachKind() {
        String log = """
                10:00:00.000 INFO  [main] ProducerConfig: ProducerConfig values:\s
                \tacks = -1
                \tclient.id = x
                \tlinger.ms = 5

                10:00:00.000 INFO  [main] ConsumerConfig: ConsumerConfig values:\s
                \tmax.poll.records = 500
                """;

        assertThat(ClientSettingsLog.in(log))
                .isEqualTo(Map.of(
                        "producer", Map.of("acks", "-1", "linger.ms", "5"),
                        "consumer", Map.of("max.poll.records", "500")));
    }
}
