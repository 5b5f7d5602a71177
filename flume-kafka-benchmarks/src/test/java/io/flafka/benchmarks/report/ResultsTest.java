// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which runs count. */
class ResultsTest {

    @Test
    void countsTheLeastDisturbedAttemptOfEachRepetition() {
        Results results = new Results(Reports.of(
                Reports.run("ours", 1, 100, 0.5), Reports.run("ours", 1, 200, 0.01), Reports.run("ours", 2, 300, 0.0)));

        assertThat(results.of(Reports.SINK, "ours", Figures.RATE).median()).isEqualTo(250);
        assertThat(results.isDisturbed(Reports.SINK, "ours")).isFalse();
    }

    @Test
    void marksARepetitionIfEveryAttemptWasDisturbed() {
        Results results = new Results(Reports.of(Reports.run("ours", 1, 100, 0.5), Reports.run("ours", 1, 200, 0.061)));

        assertThat(results.isDisturbed(Reports.SINK, "ours")).isTrue();
    }

    @Test
    void isNotDisturbedAtTheLimit() {
        assertThat(Reports.run("ours", 1, 100, 0.06).isDisturbed()).isFalse();
    }

    @Test
    void ignoresFailedRuns() {
        Run failed = new Run(Reports.SINK.name(), "ours", 1, 1, Map.of(), Run.Check.none(), "broken");

        assertThat(new Results(Reports.of(failed))
                        .of(Reports.SINK, "ours", Figures.RATE)
                        .isPresent())
                .isFalse();
    }

    @Test
    void reportsTheProducersGuarantee() {
        Results results = new Results(Reports.of());

        assertThat(results.guarantee(Reports.SINK, "ours")).isEqualTo("acks=all, idempotent");
        assertThat(results.guarantee(Reports.SINK, "stock")).isEqualTo("acks=1, not idempotent");
        assertThat(results.guarantee(Reports.LATENCY, "ours")).isEmpty();
    }
}
