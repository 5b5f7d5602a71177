// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import static io.flafka.benchmarks.report.Numbers.millis;
import static io.flafka.benchmarks.report.Numbers.percent;
import static io.flafka.benchmarks.report.Numbers.plain;
import static io.flafka.benchmarks.report.Numbers.ratio;
import static io.flafka.benchmarks.report.Numbers.spread;

import io.flafka.benchmarks.run.Contender;
import io.flafka.benchmarks.run.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats a report as a Markdown page. */
public final class Markdown {
    private static final String STOCK = "stock";
    private static final String OURS = "ours";
    private static final String BARE = "bare";
    private static final double NANOS = 1000;
    // A share of the cheapest contender's CPU time. A stub that needs more would be visible in a profile.
    private static final double VISIBLE = 0.03;

    private final Report report;
    private final Results results;

    /** Formats one report. */
    public Markdown(Report report) {
        this.report = report;
        this.results = new Results(report);
    }

    /**
     * Returns the whole page.
     *
     * @param plots the plot files in the same folder
     */
    public String text(List<Path> plots) {
        return String.join(
                "\n",
                "# Benchmark results, " + report.date() + "\n",
                "Commit `" + report.commit() + "`. " + described(report.machine()) + " " + described(report.windows())
                        + "\n",
                "Medians; ± is half the difference between the fastest and the slowest repetition. (d): other programs used more than "
                        + percent(Figures.MOST_OTHERS) + " of the machine even in the best attempt. " + checks() + "\n",
                section("Client CPU seconds per million events", new RatioTable(results).clientCpu()),
                section("Throughput, events per second", new RatioTable(results).throughput()),
                section("Exactly once, readable events per second", new ExactlyOnceTable(results).text()),
                section(
                        "Latency, from produce to channel (source) and from put to take (channel), milliseconds",
                        latency()),
                section(
                        "Nothing to do: pipelines of a source, a Kafka channel and a sink",
                        new IdleTable(results).text()),
                plots.stream()
                        .map(plot -> "![" + plot.getFileName() + "](" + plot.getFileName() + ")\n")
                        .collect(Collectors.joining("\n")),
                section("Cost", cost()),
                section("Cost of the stubs around the measured component", stubs()),
                section("Codec and mapping (JMH), operations per second", codec()),
                section("Contenders", contenders()),
                section("Settings that the Kafka clients logged", clients()),
                section("Broker", "`" + described(report.broker()) + "`\n"),
                section("Runs that failed, were disturbed, or are not exact", leftOut()));
    }

    private static String section(String title, String text) {
        return text.isBlank() ? "" : "## " + title + "\n\n" + text;
    }

    private static String described(Map<String, String> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; ", "", "."));
    }

    private String checks() {
        long measured = report.runs().stream().filter(Run::isMeasured).count();
        long exact = report.runs().stream()
                .filter(run -> run.isMeasured() && run.check().isExact())
                .count();
        return "In " + exact + " of " + measured + " runs every event was counted exactly once at the other end.";
    }

    private String latency() {
        MarkdownTable table = new MarkdownTable(
                "Scenario",
                "stock p50",
                "p99",
                "ours p50",
                "p99",
                "bare p50",
                "p99",
                "ours/stock p50",
                "ours/bare p50");
        for (Scenario scenario : report.scenarios()) {
            if (scenario.isLatency()) {
                Summary ours = results.of(scenario, OURS, Figures.P50);
                table.row(
                        scenario.name(),
                        time(scenario, STOCK, Figures.P50),
                        time(scenario, STOCK, Figures.P99),
                        time(scenario, OURS, Figures.P50),
                        time(scenario, OURS, Figures.P99),
                        time(scenario, BARE, Figures.P50),
                        time(scenario, BARE, Figures.P99),
                        ratio(ours.ratioTo(results.of(scenario, STOCK, Figures.P50))),
                        ratio(ours.ratioTo(results.of(scenario, BARE, Figures.P50))));
            }
        }
        return table.text();
    }

    private String time(Scenario scenario, String contender, String figure) {
        return millis(results.of(scenario, contender, figure).median());
    }

    private String cost() {
        MarkdownTable table = new MarkdownTable(
                "Scenario",
                "Contender",
                "MB/s",
                "client CPU s/million",
                "broker CPU s/million",
                "allocated B/event",
                "call p50 ms",
                "call p99 ms",
                "collections",
                "collecting ms",
                "compiling ms");
        for (Scenario scenario : report.scenarios()) {
            for (Contender contender : report.contenders()) {
                if (!scenario.isIdle()
                        && !results.counted(scenario.name(), contender.name()).isEmpty()
                        && !contender.isStub()) {
                    table.row(
                            scenario.name(),
                            contender.name(),
                            median(scenario, contender, Figures.MEGABYTES),
                            spread(results.of(scenario, contender.name(), Figures.CLIENT_CPU)),
                            median(scenario, contender, Figures.BROKER_CPU),
                            median(scenario, contender, Figures.ALLOCATED),
                            time(scenario, contender.name(), Figures.P50),
                            time(scenario, contender.name(), Figures.P99),
                            median(scenario, contender, Figures.COLLECTIONS),
                            median(scenario, contender, Figures.COLLECTING),
                            median(scenario, contender, Figures.COMPILING));
                }
            }
        }
        return table.text();
    }

    private String median(Scenario scenario, Contender contender, String figure) {
        return plain(results.of(scenario, contender.name(), figure).median());
    }

    /**
     * Checks that the stubs do not influence the result: their CPU time per event as a share of the cheapest
     * contender's.
     */
    private String stubs() {
        MarkdownTable table =
                new MarkdownTable("Scenario", "stub ns/event", "cheapest contender ns/event", "share", "");
        for (Scenario scenario : report.scenarios()) {
            Summary stub = results.of(scenario, "stub", Figures.CLIENT_CPU);
            double cheapest = report.contenders().stream()
                    .filter(contender -> !contender.isStub())
                    .mapToDouble(contender -> results.of(scenario, contender.name(), Figures.CLIENT_CPU)
                            .median())
                    .filter(Double::isFinite)
                    .min()
                    .orElse(Double.NaN);
            if (stub.isPresent()) {
                table.row(
                        scenario.name(),
                        plain(stub.median() * NANOS),
                        plain(cheapest * NANOS),
                        percent(stub.median() / cheapest),
                        stub.median() / cheapest < VISIBLE ? "negligible" : "**visible**");
            }
        }
        return table.text();
    }

    private String codec() {
        MarkdownTable table = new MarkdownTable("Benchmark", "headers", "body", "operations/s", "±", "allocated B");
        report.codec()
                .forEach(result -> table.row(
                        result.name(),
                        Integer.toString(result.headers()),
                        Integer.toString(result.body()),
                        plain(result.operations()),
                        plain(result.error()),
                        plain(result.allocated())));
        return table.text();
    }

    private String contenders() {
        MarkdownTable table = new MarkdownTable("Name", "Description", "Class path", "Settings");
        report.contenders()
                .forEach(contender -> table.row(
                        contender.name(),
                        contender.text(),
                        "`" + String.join(" ", contender.classPath()) + "`",
                        "`" + contender.settings() + "`"));
        return table.text();
    }

    private String clients() {
        MarkdownTable table = new MarkdownTable("Contender, load", "Client", "Settings");
        report.clients()
                .forEach((who, clients) ->
                        clients.forEach((client, settings) -> table.row(who, client, "`" + described(settings) + "`")));
        return table.text();
    }

    private String leftOut() {
        MarkdownTable table = new MarkdownTable("Scenario", "Contender", "Repetition", "Attempt", "Reason");
        for (Run run : report.runs()) {
            if (!run.isMeasured()) {
                table.row(cells(
                        run, "failed: " + run.failure().lines().findFirst().orElse("")));
            } else if (run.isDisturbed()) {
                table.row(
                        cells(run, "other processes used " + percent(run.figure(Figures.OTHERS)) + " of the machine"));
            } else if (!run.check().isExact()) {
                table.row(cells(
                        run,
                        "counted " + run.check().counted() + ", Kafka has "
                                + run.check().atOtherEnd()));
            }
        }
        return table.text();
    }

    private static String[] cells(Run run, String why) {
        return new String[] {
            run.scenario(), run.contender(), Integer.toString(run.repetition()), Integer.toString(run.attempt()), why
        };
    }
}
