// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.benchmarks.report.Figures;
import io.flafka.benchmarks.report.Markdown;
import io.flafka.benchmarks.report.Report;
import io.flafka.benchmarks.report.ReportFile;
import io.flafka.benchmarks.report.Run;
import io.flafka.benchmarks.run.Contenders;
import io.flafka.benchmarks.run.Plan;
import io.flafka.benchmarks.run.Scenario;
import io.flafka.benchmarks.run.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small measurement as run.sh does it: a real broker, and each contender in its own JVM. */
@Tag("full")
class MeasurementIT {
    private static final List<String> PIPES = List.of("stock", "ours", "bare");
    private static final List<String> COPIES = List.of("ours", "ours-exactly-once", "mirror-maker");
    private static final String NOT_TRANSACTIONAL = "null";
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void findsEveryEventOfEveryContenderAtTheOtherEnd(@TempDir Path directory) throws IOException {
        Plan plan = plan("pipe-100b", PIPES);
        Console console = new Console();

        Report report = new Measurement(plan, Optional.empty(), LogStore.MEMORY, console).report();
        new Outputs(directory.resolve("result.json")).write(report, console);

        assertThat(report.runs()).extracting(Run::contender).containsExactlyElementsOf(PIPES);
        assertThat(report.runs()).allSatisfy(MeasurementIT::isExact);
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

    @ParameterizedTest
    @ValueSource(strings = {"source", "sink", "put", "take"})
    void findsEveryEventOfEachComponentInManyPartitions(String component) throws IOException {
        Plan plan = plan(component + "-100b-batch1000-32partitions", PIPES);

        Report report = new Measurement(plan, Optional.empty(), LogStore.DISK, new Console()).report();

        assertThat(report.runs()).extracting(Run::contender).containsExactlyElementsOf(PIPES);
        assertThat(report.runs()).allSatisfy(MeasurementIT::isExact);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latency-source", "latency-channel"})
    void findsEveryEventWhoseLatencyIsMeasured(String scenario) throws IOException {
        Report report = report(scenario, "ours");

        assertThat(report.runs()).hasSize(1).allSatisfy(run -> {
            assertThat(run.failure()).isEmpty();
            assertThat(run.check().isExact()).isTrue();
        });
    }

    @Test
    void measuresSeveralPipelinesWithAndWithoutWork() throws IOException {
        Report busy = report("pipe-100b-8pipelines", "ours");
        Report idle = report("idle-8pipelines", "stock", "ours");

        assertThat(busy.runs()).hasSize(1).allSatisfy(MeasurementIT::isExact);
        assertThat(idle.runs()).hasSize(2).allSatisfy(run -> {
            assertThat(run.failure()).isEmpty();
            assertThat(run.check().counted())
                    .isEqualTo(run.check().atOtherEnd())
                    .isEqualTo(800);
            assertThat(run.figure(Figures.CLIENT_CPU_PER_MINUTE)).isPositive();
            assertThat(run.figure(Figures.THREADS)).isGreaterThan(8 * 5);
            assertThat(run.figure(Figures.HEAP)).isPositive();
            assertThat(run.figure(Figures.FIRST_EVENT)).isPositive();
        });
        assertThat(new Markdown(idle).text(List.of())).contains("## Nothing to do", "| idle-8pipelines | ours |");
    }

    /** An hour of runs must not be lost because a later one breaks the broker. */
    @Test
    void reportsTheRunsBeforeAFailure() throws IOException {
        Plan plan = plan("sink-100b-batch100", List.of("ours"));
        Scenario good = plan.scenarios().get(0);
        Scenario impossible = new Scenario(
                good.name() + "-impossible",
                good.load(),
                good.body(),
                good.batch(),
                good.threads(),
                -5,
                good.route(),
                good.variant());
        Plan failing = new Plan(
                plan.project(),
                List.of(good, impossible, good),
                plan.contenders(),
                1,
                1,
                SHORT,
                SHORT,
                SHORT,
                Optional.empty());

        Report report = new Measurement(failing, Optional.empty(), LogStore.MEMORY, new Console()).report();

        assertThat(report.runs()).hasSize(1).allSatisfy(MeasurementIT::isExact);
        assertThat(failing.isComplete(report.runs())).isFalse();
        assertThat(plan.isComplete(report.runs())).isTrue();
    }

    private static Report report(String scenario, String... contenders) throws IOException {
        return new Measurement(plan(scenario, List.of(contenders)), Optional.empty(), LogStore.MEMORY, new Console())
                .report();
    }

    @Test
    void findsWhatWasCopiedExactlyOnceAtTheOutputAndItsProgressAtTheInput() throws IOException {
        Report report =
                new Measurement(plan("copy-100b", COPIES), Optional.empty(), LogStore.MEMORY, new Console()).report();

        assertThat(report.runs()).extracting(Run::contender).containsExactlyElementsOf(COPIES);
        assertThat(report.runs()).allSatisfy(MeasurementIT::isExact);
        assertThat(report.clients())
                .hasEntrySatisfying(
                        "ours COPY",
                        clients -> assertThat(clients.get("producer"))
                                .containsEntry("transactional.id", NOT_TRANSACTIONAL))
                .hasEntrySatisfying("ours-exactly-once COPY", MeasurementIT::isTransactional)
                .hasEntrySatisfying("mirror-maker COPY", clients -> {
                    isTransactional(clients);
                    assertThat(clients.get("consumer")).containsEntry("max.poll.records", "5000");
                });
    }

    private static void isTransactional(Map<String, Map<String, String>> clients) {
        assertThat(clients.get("producer"))
                .containsKey("transactional.id")
                .doesNotContainEntry("transactional.id", NOT_TRANSACTIONAL);
    }

    private static Plan plan(String name, List<String> contenders) throws IOException {
        return new Plan(
                Path.of("..").toAbsolutePath().normalize(),
                Scenarios.all().stream()
                        .filter(scenario -> scenario.name().equals(name))
                        .toList(),
                Contenders.standard().stream()
                        .filter(contender -> contenders.contains(contender.name()))
                        .toList(),
                1,
                1,
                SHORT,
                SHORT,
                SHORT,
                Optional.empty());
    }

    private static void isExact(Run run) {
        assertThat(run.failure()).isEmpty();
        assertThat(run.check().counted()).isPositive().isEqualTo(run.check().atOtherEnd());
        assertThat(run.figure(Figures.RATE)).isPositive();
    }
}
