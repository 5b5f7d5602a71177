// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import io.flafka.benchmarks.run.Scenario;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Selects the runs that count: of each repetition, the attempt that other processes disturbed least.
 *
 * @param report the complete report
 */
public record Results(Report report) {

    /** Returns one run per repetition. */
    public List<Run> counted(String scenario, String contender) {
        return report.runs().stream()
                .filter(run -> run.isMeasured()
                        && run.scenario().equals(scenario)
                        && run.contender().equals(contender))
                .collect(Collectors.groupingBy(Run::repetition))
                .values()
                .stream()
                .map(Results::leastDisturbed)
                .toList();
    }

    private static Run leastDisturbed(Collection<Run> attempts) {
        return attempts.stream()
                .min(Comparator.comparingDouble(run -> run.figure(Figures.OTHERS)))
                .orElseThrow();
    }

    /** Returns a figure over all repetitions. */
    public Summary of(Scenario scenario, String contender, String figure) {
        return Summary.of(counted(scenario.name(), contender).stream()
                .map(run -> run.figure(figure))
                .toList());
    }

    /**
     * Same as {@link #of}. If the contender was not measured with this batch size, returns its figure with the same
     * load and body size.
     */
    public Summary nearest(Scenario scenario, String contender, String figure) {
        Summary measured = of(scenario, contender, figure);
        if (measured.isPresent()) {
            return measured;
        }
        Optional<Scenario> alike = report.scenarios().stream()
                .filter(other -> other.load() == scenario.load()
                        && other.body() == scenario.body()
                        && other.route() == scenario.route()
                        && other.variant() == scenario.variant()
                        && other.partitions() == scenario.partitions())
                .filter(other -> of(other, contender, figure).isPresent())
                .findFirst();
        return alike.map(other -> of(other, contender, figure)).orElse(measured);
    }

    /** Returns the median rate and its spread for a table. Disturbed runs are marked. */
    String rate(Scenario scenario, String contender) {
        return text(scenario, contender, Figures.RATE);
    }

    /** Returns a figure's median and spread for a table. Disturbed runs are marked. */
    String text(Scenario scenario, String contender, String figure) {
        return Numbers.spread(of(scenario, contender, figure)) + (isDisturbed(scenario, contender) ? " (d)" : "");
    }

    /** Returns whether a run that counts was disturbed. */
    public boolean isDisturbed(Scenario scenario, String contender) {
        return counted(scenario.name(), contender).stream().anyMatch(Run::isDisturbed);
    }

    /** Returns the delivery guarantee that a contender's producer logged. Empty if the load does not write. */
    public String guarantee(Scenario scenario, String contender) {
        return Optional.of(scenario)
                .filter(Scenario::writes)
                .map(writing -> report.clients().get(contender + " " + writing.load()))
                .map(clients -> clients.get("producer"))
                .map(producer -> "acks=" + ("-1".equals(producer.get("acks")) ? "all" : producer.get("acks"))
                        + ("true".equals(producer.get("enable.idempotence")) ? ", idempotent" : ", not idempotent"))
                .orElse("");
    }
}
