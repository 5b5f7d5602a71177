// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Draws charts. */
class PlotsTest {

    @Test
    void drawsAFamilyOfScenariosThatHasResults(@TempDir Path directory) throws IOException {
        Report report = Reports.of(Reports.run("stock", 1, 100, 0), Reports.run("ours", 1, 200, 0));

        assertThat(new Plots(report).write(directory.resolve("result")))
                .singleElement()
                .satisfies(plot -> {
                    assertThat(plot).hasFileName("result-sink.svg");
                    assertThat(plot).content().contains("<svg");
                });
    }
}
