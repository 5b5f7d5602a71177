// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import java.util.Arrays;
import java.util.List;

/**
 * The slope of measurements: the median of the slopes between any two of them (Theil and Sen). A few outliers do not move
 * it. Its bounds are those that Sen gives for three standard deviations.
 *
 * @param level the middle of the measurements
 * @param perHour the slope
 * @param lowest the slope's lower bound
 * @param highest the slope's upper bound
 */
record Trend(double level, double perHour, double lowest, double highest) {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double DEVIATIONS = 3;

    /** A measurement. */
    record Point(double seconds, double value) {}

    /** Finds the slope of at least three measurements. */
    static Trend of(List<Point> points) {
        int n = points.size();
        if (n < 3) {
            throw new IllegalArgumentException("A trend needs three measurements, but there are " + n);
        }
        double[] slopes = new double[n * (n - 1) / 2];
        int pairs = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double rise = points.get(i).value - points.get(j).value;
                slopes[pairs++] = rise / (points.get(i).seconds - points.get(j).seconds) * SECONDS_PER_HOUR;
            }
        }
        Arrays.sort(slopes);
        double width = DEVIATIONS * Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
        int lower = (int) Math.max(0, (pairs - width) / 2);
        double median = points.stream().mapToDouble(Point::value).sorted().toArray()[n / 2];
        return new Trend(median, slopes[pairs / 2], slopes[lower], slopes[pairs - 1 - lower]);
    }

    /** Returns whether it rises by more than so much per hour, and not by chance. */
    boolean risesByMoreThan(double allowedPerHour) {
        return perHour > allowedPerHour && lowest > 0;
    }

    /** Returns whether the measurements are good enough to see a rise of so much per hour. */
    boolean canTell(double allowedPerHour) {
        return perHour - lowest <= allowedPerHour;
    }
}
