// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import java.util.Collection;
import java.util.List;

/**
 * What several repetitions say.
 *
 * @param count of the repetitions
 * @param median the middle one, or between the two middle ones
 * @param spread from the smallest to the largest, as a share of the median
 */
public record Summary(int count, double median, double spread) {

    /** Leaves out what is not a number. */
    public static Summary of(Collection<Double> values) {
        List<Double> sorted = values.stream().filter(Double::isFinite).sorted().toList();
        if (sorted.isEmpty()) {
            return new Summary(0, Double.NaN, Double.NaN);
        }
        double median = (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
        double range = sorted.get(sorted.size() - 1) - sorted.get(0);
        return new Summary(sorted.size(), median, median == 0 ? 0 : range / median);
    }

    /** Whether there was anything. */
    public boolean isPresent() {
        return count > 0;
    }

    /** This median as a multiple of another; NaN if one is missing. */
    public double ratioTo(Summary other) {
        return median / other.median;
    }
}
