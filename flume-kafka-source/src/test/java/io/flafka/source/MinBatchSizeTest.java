// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.LogLines;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests a {@code minBatchSize} above {@code batchSize}, as when stock's default of 1000 meets a smaller {@code batchSize}. */
class MinBatchSizeTest {

    @Test
    void aMinimumAboveTheMaximumIsReducedToItWithALogLine() {
        try (LogLines log = new LogLines(SourceSettings.class)) {
            assertThat(minSize("5", "1000")).isEqualTo(5);
            assertThat(log.lines())
                    .containsExactly(
                            "INFO KafkaSource r1: minBatchSize=1000 is above batchSize=5: a batch waits for 5 events");
        }
    }

    @Test
    void aMinimumUpToTheMaximumIsNotLogged() {
        try (LogLines log = new LogLines(SourceSettings.class)) {
            assertThat(minSize("5", "5")).isEqualTo(5);
            assertThat(minSize("5", "4")).isEqualTo(4);
            assertThat(log.lines()).isEmpty();
        }
    }

    private static int minSize(String batchSize, String minBatchSize) {
        return SourceSettings.from(
                        "r1",
                        Map.of(
                                "kafka.bootstrap.servers",
                                "a:1",
                                "kafka.topics",
                                "t",
                                "batchSize",
                                batchSize,
                                "minBatchSize",
                                minBatchSize))
                .batch()
                .minSize();
    }
}
