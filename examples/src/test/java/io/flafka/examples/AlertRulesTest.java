// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.TestProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts of the example {@code monitoring} at their real times, with made-up figures: above all, where they must stay silent. */
class AlertRulesTest {

    @TempDir
    private Path directory;

    @Test
    void promtoolFindsWhatIsExpected() {
        Path promtool = Prometheus.programOrSkip().resolveSibling("promtool");
        List<String> command = List.of(
                promtool.toString(),
                "test",
                "rules",
                MonitoringFiles.alertsTest().toString());

        try (TestProcess test = TestProcess.start("promtool", command, Map.of(), directory.resolve("promtool.log"))) {
            int code = test.awaitExit(Duration.ofMinutes(1));

            assertThat(code).as(test.log()).isZero();
        }
    }
}
