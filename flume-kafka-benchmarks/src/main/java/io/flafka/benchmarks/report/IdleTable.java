// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import static io.flafka.benchmarks.report.Numbers.plain;

import io.flafka.benchmarks.run.Contender;
import io.flafka.benchmarks.run.Scenario;

/**
 * What pipelines cost that have nothing to do.
 *
 * @param results the results of one report
 */
record IdleTable(Results results) {

    String text() {
        MarkdownTable table = new MarkdownTable(
                "Scenario", "Contender", "client CPU s/min", "threads", "heap after GC, MB", "first event after, ms");
        for (Scenario scenario : results.report().scenarios()) {
            for (Contender contender : results.report().contenders()) {
                Summary cpu = results.of(scenario, contender.name(), Figures.CLIENT_CPU_PER_MINUTE);
                if (scenario.isIdle() && cpu.isPresent()) {
                    table.row(
                            scenario.name(),
                            contender.name(),
                            results.text(scenario, contender.name(), Figures.CLIENT_CPU_PER_MINUTE),
                            median(scenario, contender, Figures.THREADS),
                            median(scenario, contender, Figures.HEAP),
                            median(scenario, contender, Figures.FIRST_EVENT));
                }
            }
        }
        return table.text();
    }

    private String median(Scenario scenario, Contender contender, String figure) {
        return plain(results.of(scenario, contender.name(), figure).median());
    }
}
