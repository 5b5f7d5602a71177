// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import static io.flafka.benchmarks.report.Numbers.ratio;

import io.flafka.benchmarks.run.Scenario;

/**
 * Compares exactly once with at least once and with MirrorMaker 2, where it was measured.
 *
 * @param results the results of one report
 */
record ExactlyOnceTable(Results results) {
    private static final String AT_LEAST_ONCE = "ours";
    private static final String EXACTLY_ONCE = "ours-exactly-once";
    private static final String MIRROR_MAKER = "mirror-maker";

    String text() {
        MarkdownTable table = new MarkdownTable(
                "Scenario",
                "ours, at least once",
                "ours, exactly once",
                "MirrorMaker 2, exactly once",
                "exactly once/at least once",
                "ours/MirrorMaker 2, exactly once");
        for (Scenario scenario : results.report().scenarios()) {
            Summary once = results.of(scenario, EXACTLY_ONCE, Figures.RATE);
            if (once.isPresent()) {
                table.row(
                        scenario.name(),
                        results.rate(scenario, AT_LEAST_ONCE),
                        results.rate(scenario, EXACTLY_ONCE),
                        results.rate(scenario, MIRROR_MAKER),
                        ratio(once.ratioTo(results.of(scenario, AT_LEAST_ONCE, Figures.RATE))),
                        ratio(once.ratioTo(results.of(scenario, MIRROR_MAKER, Figures.RATE))));
            }
        }
        return table.text();
    }
}
