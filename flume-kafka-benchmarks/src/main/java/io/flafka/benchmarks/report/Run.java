// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;
import java.util.TreeMap;

/**
 * One measurement in one JVM.
 *
 * @param scenario the scenario's name
 * @param contender the contender's name
 * @param repetition the repetition, starting at 1
 * @param attempt the attempt, starting at 1; disturbed and failed runs are repeated
 * @param figures the figures by name; see {@link Figures}
 * @param check the check that all events arrived
 * @param failure why there are no figures; empty if there are
 */
public record Run(
        String scenario,
        String contender,
        int repetition,
        int attempt,
        Map<String, Double> figures,
        Check check,
        String failure) {

    /** Sorts the figures, so that two files can be compared. */
    public Run {
        figures = new TreeMap<>(figures);
    }

    /**
     * Checks that every event is at the other end.
     *
     * @param counted the events that were counted on Flume's side of the component
     * @param atOtherEnd Kafka's count: records in the topic, or committed offsets
     */
    public record Check(long counted, long atOtherEnd) {

        /** Returns a check with nothing to compare. */
        public static Check none() {
            return new Check(0, 0);
        }

        /** Returns whether no event was lost or duplicated. */
        @JsonIgnore
        public boolean isExact() {
            return counted == atOtherEnd;
        }
    }

    /** Returns whether the run produced figures. */
    @JsonIgnore
    public boolean isMeasured() {
        return failure.isEmpty();
    }

    /** Returns whether other processes used too much of the machine. */
    @JsonIgnore
    public boolean isDisturbed() {
        return figures.getOrDefault(Figures.OTHERS, 0.0) > Figures.MOST_OTHERS;
    }

    /** Returns a figure, or NaN if the run does not have it. */
    public double figure(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }
}
