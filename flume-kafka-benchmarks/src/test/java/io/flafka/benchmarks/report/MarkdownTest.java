// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Markdown page of a report. */
class MarkdownTest {

    @Test
    void showsMediansSpreadRatiosAndGuarantees() {
        Report report = Reports.of(
                Reports.run("stock", 1, 80_000, 0),
                Reports.run("stock", 2, 120_000, 0),
                Reports.run("ours", 1, 200_000, 0),
                Reports.run("bare", 1, 250_000, 0.2));

        assertThat(new Markdown(report).text(List.of()))
                .contains("| sink-1kb-batch100 | 100,000 ±20 % | – | 200,000 | 250,000 (d) | **2.00** | – | **0.80** |"
                        + " ours acks=all, idempotent; stock only acks=1, not idempotent |");
    }

    @Test
    void comparesExactlyOnceWithAtLeastOnceAndMirrorMaker() {
        Report report = Reports.of(
                Reports.run("ours", 1, 400_000, 0),
                Reports.run("ours-exactly-once", 1, 300_000, 0),
                Reports.run("mirror-maker", 1, 200_000, 0));

        assertThat(new Markdown(report).text(List.of()))
                .contains("| sink-1kb-batch100 | 400,000 | 300,000 | 200,000 | **0.75** | **1.50** |");
    }

    @Test
    void leavesOutExactlyOnceIfItWasNotMeasured() {
        assertThat(new Markdown(Reports.of(Reports.run("ours", 1, 400_000, 0))).text(List.of()))
                .doesNotContain("Exactly once");
    }

    @Test
    void showsLatencyInMilliseconds() {
        Report report = Reports.of(Reports.latency("stock", 500_000), Reports.latency("ours", 5_000));

        assertThat(new Markdown(report).text(List.of()))
                .contains("| latency-source | 500 | 1,000 | 5.00 | 10.00 | – | – | **0.01** | – |");
    }

    @Test
    void listsFailedAndInexactRuns() {
        Run failed = new Run("sink-1kb-batch100", "ours", 1, 2, Map.of(), Run.Check.none(), "exited with code 1\nat");
        Run lost = new Run("sink-1kb-batch100", "stock", 1, 1, Map.of(), new Run.Check(10, 9), "");

        assertThat(new Markdown(Reports.of(failed, lost)).text(List.of()))
                .contains(
                        "In 0 of 1 runs every event was counted exactly once at the other end.",
                        "| sink-1kb-batch100 | ours | 1 | 2 | failed: exited with code 1 |",
                        "| sink-1kb-batch100 | stock | 1 | 1 | counted 10, Kafka has 9 |");
    }

    @Test
    void linksThePlots() {
        assertThat(new Markdown(Reports.of()).text(List.of(Path.of("a", "b-sink.svg"))))
                .contains("![b-sink.svg](b-sink.svg)");
    }
}
