// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;
import java.util.TreeMap;

/**
 * One measurement in one JVM.
 *
 * @param scenario its name
 * @param contender its name
 * @param repetition from 1 on
 * @param attempt from 1 on: a disturbed or failed run is repeated
 * @param figures by name; see {@link Figures}
 * @param check of what arrived
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

    /** Sorts the figures, so that two files compare. */
    public Run {
        figures = new TreeMap<>(figures);
    }

    /**
     * Whether every event is at the other end.
     *
     * @param counted events that the component's side of Flume counted
     * @param atOtherEnd what Kafka says: records in the topic, or offsets committed
     */
    public record Check(long counted, long atOtherEnd) {

        /** Nothing to compare. */
        public static Check none() {
            return new Check(0, 0);
        }

        /** Neither lost nor twice. */
        @JsonIgnore
        public boolean isExact() {
            return counted == atOtherEnd;
        }
    }

    /** Whether it gave figures. */
    @JsonIgnore
    public boolean isMeasured() {
        return failure.isEmpty();
    }

    /** Whether other processes had too much of the machine. */
    @JsonIgnore
    public boolean isDisturbed() {
        return figures.getOrDefault(Figures.OTHERS, 0.0) > Figures.MOST_OTHERS;
    }

    /** A figure; NaN if the run does not have it. */
    public double figure(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }
}
