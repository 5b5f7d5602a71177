// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks;

import io.flafka.benchmarks.report.Markdown;
import io.flafka.benchmarks.report.Plots;
import io.flafka.benchmarks.report.Report;
import io.flafka.benchmarks.report.ReportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the results of a measurement.
 *
 * @param json the JSON file; the table and the plots get the same base name
 */
record Outputs(Path json) {

    void write(Report report, Console console) throws IOException {
        Path absolute = json.toAbsolutePath();
        Files.createDirectories(absolute.resolveSibling("."));
        ReportFile.write(report, absolute);
        Path base = Path.of(absolute.toString().replaceFirst("\\.json$", ""));
        List<Path> plots = new Plots(report).write(base);
        Path table = Path.of(base + ".md");
        Files.writeString(table, new Markdown(report).text(plots));
        console.print("Wrote " + absolute + "\n      " + table);
        plots.forEach(plot -> console.print("      " + plot));
    }
}
