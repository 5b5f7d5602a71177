// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import io.flafka.benchmarks.run.Scenario;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The runs of a report that count: of each repetition the one that others disturbed least.
 *
 * @param report all of it
 */
public record Results(Report report) {

    /** One run a repetition. */
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

    /** A figure over the repetitions. */
    public Summary of(Scenario scenario, String contender, String figure) {
        return Summary.of(counted(scenario.name(), contender).stream()
                .map(run -> run.figure(figure))
                .toList());
    }

    /** As {@link #of}; of a contender that is not measured at every batch, what it did with the same load and bodies. */
    public Summary nearest(Scenario scenario, String contender, String figure) {
        Summary own = of(scenario, contender, figure);
        if (own.isPresent()) {
            return own;
        }
        Optional<Scenario> alike = report.scenarios().stream()
                .filter(other -> other.load() == scenario.load()
                        && other.body() == scenario.body()
                        && other.route() == scenario.route())
                .filter(other -> of(other, contender, figure).isPresent())
                .findFirst();
        return alike.map(other -> of(other, contender, figure)).orElse(own);
    }

    /** Whether a run that counts was disturbed. */
    public boolean isDisturbed(Scenario scenario, String contender) {
        return counted(scenario.name(), contender).stream().anyMatch(Run::isDisturbed);
    }

    /** What a contender's producer promised, as it said itself; empty if the load does not write. */
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
