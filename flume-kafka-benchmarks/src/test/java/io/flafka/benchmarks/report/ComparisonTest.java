// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which changes count as a regression. */
class ComparisonTest {

    @Test
    void findsALossLargerThanTheSpread() {
        Comparison comparison =
                Comparison.of(Reports.of(Reports.run("ours", 1, 100, 0)), Reports.of(Reports.run("ours", 1, 90, 0)));

        assertThat(comparison.hasRegression()).isTrue();
        assertThat(comparison.table())
                .contains(
                        "| sink-1kb-batch100 | ours | eventsPerSecond | 100 | 90.00 | **0.90** | 5 % | **worse** |",
                        "| sink-1kb-batch100 | ours | allocatedBytesPerEvent | 1,000 | 1,000 | **1.00** | 5 % | same |");
    }

    @Test
    void ignoresALossWithinTheSpread() {
        Report before = Reports.of(Reports.run("ours", 1, 90, 0), Reports.run("ours", 2, 110, 0));

        assertThat(Comparison.of(before, Reports.of(Reports.run("ours", 1, 90, 0)))
                        .hasRegression())
                .isFalse();
    }

    @Test
    void blamesTheMachineForChangesOfAReference() {
        Comparison comparison =
                Comparison.of(Reports.of(Reports.run("stock", 1, 100, 0)), Reports.of(Reports.run("stock", 1, 50, 0)));

        assertThat(comparison.hasRegression()).isFalse();
        assertThat(comparison.table()).contains("| the machine differs |");
    }

    @Test
    void treatsAShorterLatencyAsBetter() {
        Comparison comparison =
                Comparison.of(Reports.of(Reports.latency("ours", 9000)), Reports.of(Reports.latency("ours", 3000)));

        assertThat(comparison.hasRegression()).isFalse();
        assertThat(comparison.table())
                .contains("| latency-source | ours | callP50Micros | 9,000 | 3,000 | **0.33** | 5 % | better |");
    }

    @Test
    void comparesMultiplesOfStockFromTwoMachines() {
        Report slowMachine = Reports.of(Reports.run("stock", 1, 50, 0), Reports.run("ours", 1, 100, 0));
        Report fastMachine = Reports.of(Reports.run("stock", 1, 100, 0), Reports.run("ours", 1, 150, 0));

        Comparison comparison = Comparison.of(slowMachine, fastMachine);

        assertThat(comparison.hasRegression()).isTrue();
        assertThat(comparison.table())
                .contains("| sink-1kb-batch100 | ours | eventsPerSecond | 2.00 | 1.50 | **0.75** | 5 % | **worse** |");
    }

    @Test
    void findsMoreProcessorTime() {
        Comparison comparison = Comparison.of(Reports.of(Reports.cpu("ours", 2)), Reports.of(Reports.cpu("ours", 3)));

        assertThat(comparison.hasRegression()).isTrue();
        assertThat(comparison.table()).contains("| ours | clientCpuSecondsPerMillion | 2.00 | 3.00 | **1.50** |");
    }
}
