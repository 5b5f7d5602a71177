// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes and reads reports as JSON. */
class ReportFileTest {

    @Test
    void readsWhatItWrote(@TempDir Path directory) throws IOException {
        Report report = Reports.of(Reports.run("ours", 1, 100, 0.01), Reports.latency("stock", 5));
        Path file = directory.resolve("report.json");

        ReportFile.write(report, file);

        assertThat(ReportFile.read(file)).isEqualTo(report);
    }
}
