// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import static io.flafka.benchmarks.report.Numbers.ratio;

import io.flafka.benchmarks.run.Scenario;
import java.util.List;

/**
 * One figure of stock, ours and the bare client side by side, with the ratios.
 *
 * @param results the results of one report
 */
record RatioTable(Results results) {
    private static final String STOCK = "stock";
    private static final String BEST = "stock-best";
    private static final String OURS = "ours";
    private static final String BARE = "bare";

    /** The steadiest figure: it depends on the processor, and little on what else the machine does. */
    String clientCpu() {
        return table(Figures.CLIENT_CPU, "Allocated bytes, ours/stock", this::allocation);
    }

    String throughput() {
        return table(Figures.RATE, "Guarantees", this::guarantees);
    }

    /** A further column. */
    private interface Column {
        String of(Scenario scenario);
    }

    private String table(String figure, String title, Column last) {
        MarkdownTable table = new MarkdownTable(
                "Scenario", STOCK, BEST, OURS, BARE, "ours/stock", "ours/stock-best", "ours/bare", title);
        for (Scenario scenario : results.report().scenarios()) {
            if (!scenario.isLatency() && !scenario.isIdle()) {
                Summary ours = results.of(scenario, OURS, figure);
                table.row(
                        scenario.name(),
                        results.text(scenario, STOCK, figure),
                        results.text(scenario, BEST, figure),
                        results.text(scenario, OURS, figure),
                        results.text(scenario, BARE, figure),
                        ratio(ours.ratioTo(results.of(scenario, STOCK, figure))),
                        ratio(ours.ratioTo(results.of(scenario, BEST, figure))),
                        ratio(ours.ratioTo(results.nearest(scenario, BARE, figure))),
                        last.of(scenario));
            }
        }
        return table.text();
    }

    private String allocation(Scenario scenario) {
        return ratio(
                results.of(scenario, OURS, Figures.ALLOCATED).ratioTo(results.of(scenario, STOCK, Figures.ALLOCATED)));
    }

    /** If ours guarantees more than stock, the row shows both guarantees. */
    private String guarantees(Scenario scenario) {
        String stock = results.guarantee(scenario, STOCK);
        String ours = results.guarantee(scenario, OURS);
        if (List.of(ours, "").contains(stock) || ours.isEmpty()) {
            return ours;
        }
        return "ours " + ours + "; stock only " + stock;
    }
}
