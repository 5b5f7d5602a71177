// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.LogLines;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code minBatchSize} above {@code batchSize}, as where stock's default of the one meets a smaller one of the other. */
class LeastBatchTest {

    @Test
    void aBatchThatShouldWaitForMoreThanItHoldsWaitsUntilItIsFull() {
        try (LogLines log = new LogLines(SourceSettings.class)) {
            assertThat(least("5", "1000")).isEqualTo(5);
            assertThat(log.lines())
                    .containsExactly(
                            "INFO KafkaSource r1: minBatchSize=1000 is above batchSize=5: it waits for 5 events");
        }
    }

    @Test
    void nothingIsSaidOfABatchThatCanBeFilled() {
        try (LogLines log = new LogLines(SourceSettings.class)) {
            assertThat(least("5", "5")).isEqualTo(5);
            assertThat(least("5", "4")).isEqualTo(4);
            assertThat(log.lines()).isEmpty();
        }
    }

    private static int least(String batchSize, String minBatchSize) {
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
                .least();
    }
}
