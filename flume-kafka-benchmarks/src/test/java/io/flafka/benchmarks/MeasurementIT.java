// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.benchmarks.report.Figures;
import io.flafka.benchmarks.report.Report;
import io.flafka.benchmarks.report.ReportFile;
import io.flafka.benchmarks.report.Run;
import io.flafka.benchmarks.run.Contenders;
import io.flafka.benchmarks.run.Plan;
import io.flafka.benchmarks.run.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small measurement as run.sh does it: a real broker, and each contender in its own JVM. */
@Tag("full")
class MeasurementIT {
    private static final List<String> CONTENDERS = List.of("stock", "ours", "bare");
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void findsEveryEventOfEveryContenderAtTheOtherEnd(@TempDir Path directory) throws IOException {
        Plan plan = new Plan(
                Path.of("..").toAbsolutePath().normalize(),
                Scenarios.all().stream()
                        .filter(scenario -> scenario.name().equals("pipe-100b"))
                        .toList(),
                Contenders.standard().stream()
                        .filter(contender -> CONTENDERS.contains(contender.name()))
                        .toList(),
                1,
                1,
                SHORT,
                SHORT,
                SHORT,
                Optional.empty());
        Console console = new Console();

        Report report = new Measurement(plan, Optional.empty(), console).report();
        new Outputs(directory.resolve("result.json")).write(report, console);

        assertThat(report.runs()).extracting(Run::contender).containsExactlyElementsOf(CONTENDERS);
        assertThat(report.runs()).allSatisfy(run -> {
            assertThat(run.failure()).isEmpty();
            assertThat(run.check().counted()).isPositive().isEqualTo(run.check().atOtherEnd());
            assertThat(run.figure(Figures.RATE)).isPositive();
        });
        assertThat(report.clients())
                .hasEntrySatisfying(
                        "ours PIPE",
                        clients -> assertThat(clients.get("producer"))
                                .containsEntry("acks", "-1")
                                .containsEntry("enable.idempotence", "true"))
                .hasEntrySatisfying(
                        "stock PIPE",
                        clients -> assertThat(clients.get("producer")).containsEntry("acks", "1"));
        assertThat(ReportFile.read(directory.resolve("result.json"))).isEqualTo(report);
        assertThat(directory.resolve("result.md")).content().contains("| pipe-100b |");
        assertThat(directory.resolve("result-pipe.svg")).exists();
    }
}
