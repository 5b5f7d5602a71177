// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import io.flafka.benchmarks.run.Contender;
import io.flafka.benchmarks.run.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares two reports. A figure is better or worse only if it changed by more than the repetitions differ. If both reports have Flume's own component in
 * a scenario, the others' figures are compared as multiples of its figures, so that the two may come from different machines.
 *
 * @param before the first report
 * @param after the second report
 */
public record Comparison(Results before, Results after) {
    /** A smaller change has no meaning, even if the repetitions agree. */
    static final double LEAST = 0.05;

    private static final String STOCK = "stock";
    // Their code does not change, so a change in their figures comes from the machine.
    private static final Set<String> REFERENCES =
            Set.of(STOCK, "stock-best", "bare", "mirror-maker", "mirror-maker-default", "mirror-maker-tuned", "stub");

    /** The result of a comparison. */
    enum Verdict {
        /** The change is within the spread of the repetitions. */
        SAME("same"),
        /** Better by more than the spread. */
        BETTER("better"),
        /** Worse by more than the spread. */
        WORSE("**worse**"),
        /** A reference contender changed, although its code is the same in both reports. */
        MACHINE("the machine differs");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }
    }

    /** One figure of one contender in one scenario. */
    record Row(Scenario scenario, String contender, Direction direction, Summary before, Summary after) {

        double noise() {
            return Math.max(LEAST, Math.max(before.spread(), after.spread()));
        }

        /** Returns the ratio of the two medians. Above 1 is better. */
        double gain() {
            return direction == Direction.MORE_IS_BETTER ? after.ratioTo(before) : before.ratioTo(after);
        }

        Verdict verdict() {
            boolean worse = gain() < 1 - noise();
            boolean better = gain() > 1 + noise();
            if (!worse && !better) {
                return Verdict.SAME;
            }
            if (REFERENCES.contains(contender)) {
                return Verdict.MACHINE;
            }
            return worse ? Verdict.WORSE : Verdict.BETTER;
        }
    }

    /** The figures that are compared, and which direction is better. */
    enum Direction {
        /** Events per second. */
        MORE_IS_BETTER(Figures.RATE),
        /** The client's CPU time. Steadier than the rate, which also depends on waits. */
        LESS_CPU_IS_BETTER(Figures.CLIENT_CPU),
        /** The median latency. */
        SHORTER_IS_BETTER(Figures.P50),
        /** The client's CPU time while there is nothing to do. */
        LESS_IDLE_CPU_IS_BETTER(Figures.CLIENT_CPU_PER_MINUTE),
        /** The bytes that the client allocates per event. Exact even on a busy machine. */
        LESS_IS_BETTER(Figures.ALLOCATED);

        private final String figure;

        Direction(String figure) {
            this.figure = figure;
        }
    }

    /** Compares two reports. */
    public static Comparison of(Report before, Report after) {
        return new Comparison(new Results(before), new Results(after));
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Scenario scenario : after.report().scenarios()) {
            for (Contender contender : after.report().contenders()) {
                for (Direction direction : directions(scenario)) {
                    row(scenario, contender, direction).ifPresent(rows::add);
                }
            }
        }
        return rows;
    }

    private Optional<Row> row(Scenario scenario, Contender contender, Direction direction) {
        Summary first = before.of(scenario, contender.name(), direction.figure);
        Summary second = after.of(scenario, contender.name(), direction.figure);
        if (!first.isPresent() || !second.isPresent() || contender.isStub()) {
            return Optional.empty();
        }
        Summary firstStock = before.of(scenario, STOCK, direction.figure);
        Summary secondStock = after.of(scenario, STOCK, direction.figure);
        boolean isMultiple =
                firstStock.isPresent() && secondStock.isPresent() && !REFERENCES.contains(contender.name());
        return Optional.of(
                isMultiple
                        ? new Row(
                                scenario,
                                contender.name(),
                                direction,
                                first.asMultipleOf(firstStock),
                                second.asMultipleOf(secondStock))
                        : new Row(scenario, contender.name(), direction, first, second));
    }

    private static List<Direction> directions(Scenario scenario) {
        if (scenario.isIdle()) {
            return List.of(Direction.LESS_IDLE_CPU_IS_BETTER);
        }
        return scenario.isLatency()
                ? List.of(Direction.SHORTER_IS_BETTER)
                : List.of(Direction.MORE_IS_BETTER, Direction.LESS_CPU_IS_BETTER, Direction.LESS_IS_BETTER);
    }

    /** Returns whether any contender except the references became worse. */
    public boolean hasRegression() {
        return rows().stream().anyMatch(row -> row.verdict() == Verdict.WORSE);
    }

    /** Returns the complete comparison as a table. */
    public String table() {
        MarkdownTable table = new MarkdownTable(
                "Scenario", "Contender", "Figure", "before", "after", "after/before", "noise", "verdict");
        for (Row row : rows()) {
            table.row(
                    row.scenario().name(),
                    row.contender(),
                    row.direction().figure,
                    Numbers.plain(row.before().median()),
                    Numbers.plain(row.after().median()),
                    Numbers.ratio(row.after().ratioTo(row.before())),
                    Numbers.percent(row.noise()),
                    row.verdict().text);
        }
        return "before: " + before.report().commit() + ", " + before.report().date() + "; after: "
                + after.report().commit() + ", " + after.report().date() + "\n\n" + table.text();
    }
}
