// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import java.util.Locale;

/** Formats numbers for tables. */
final class Numbers {
    private static final String MISSING = "–";
    private static final double PERCENT = 100;
    private static final double LARGE = 100;
    private static final double MICROS = 1000;

    private Numbers() {}

    /** Formats with at least three significant digits. */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return MISSING;
        }
        return String.format(Locale.ROOT, value >= LARGE ? "%,.0f" : "%.2f", value);
    }

    /** Formats the median and half the spread of the repetitions. */
    static String spread(Summary summary) {
        return summary.isPresent()
                ? plain(summary.median()) + (summary.count() > 1 ? " ±" + percent(summary.spread() / 2) : "")
                : MISSING;
    }

    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", share * PERCENT) : MISSING;
    }

    static String ratio(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "**%.2f**", ratio) : MISSING;
    }

    static String millis(double micros) {
        return plain(micros / MICROS);
    }
}
