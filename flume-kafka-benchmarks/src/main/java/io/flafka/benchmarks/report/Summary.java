// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import java.util.Collection;
import java.util.List;

/**
 * The summary of several repetitions.
 *
 * @param count the number of repetitions
 * @param median the middle value, or the mean of the two middle values
 * @param spread the difference between largest and smallest value, as a share of the median
 */
public record Summary(int count, double median, double spread) {

    /** Summarizes values, without infinite values and NaN. */
    public static Summary of(Collection<Double> values) {
        List<Double> sorted = values.stream().filter(Double::isFinite).sorted().toList();
        if (sorted.isEmpty()) {
            return new Summary(0, Double.NaN, Double.NaN);
        }
        double median = (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
        double range = sorted.get(sorted.size() - 1) - sorted.get(0);
        return new Summary(sorted.size(), median, median == 0 ? 0 : range / median);
    }

    /** Returns whether there is any value. */
    public boolean isPresent() {
        return count > 0;
    }

    /** Returns this as a multiple of another. Its spread is that of both. */
    Summary asMultipleOf(Summary other) {
        return new Summary(count, ratioTo(other), spread + other.spread);
    }

    /** Returns the ratio of this median to another. NaN if one is missing. */
    public double ratioTo(Summary other) {
        return median / other.median;
    }
}
