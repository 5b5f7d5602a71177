// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page docs/compatibility.md: the trials and their results.
 *
 * @param text the page in Markdown, with one line per trial
 */
record CompatibilityPage(String text) {
    private static final Pattern ROW = Pattern.compile("^\\| [0-9.]+ \\| (\\d+) \\|.*$");
    private static final String HEAD = """
            <!-- SPDX-License-Identifier: Apache-2.0 -->
            # Compatibility

            The results of trial runs. `CompatibilityIT` generates this page, and fails if the page differs from the results of its run.

            Each line is a real agent: `bin/flume-ng` in a Flume home with the stock Kafka components in `lib`, the plugin unzipped into `plugins.d`, and one agent file
            with all flows. A flow works if all its lines arrive, once and in order. Java: 17, and the newest version with long-term support on the machine.

            | Flume | Java | Kafka broker | kafka-clients | %s |
            |---|---|---|---|%s|
            """.formatted(
                    Arrays.stream(Flow.values()).map(Flow::title).collect(Collectors.joining(" | ")),
                    "---|".repeat(Flow.values().length - 1) + "---");
    private static final String FOOT = """

            The plugin contains kafka-clients 4.4.0. How to replace it with 3.9.2 for old brokers, and which lines Kafka 0.10 needs, is in [migrating.md](migrating.md#brokers-older-than-21).
            """;

    /** Returns the page with the results of a run. */
    static CompatibilityPage of(List<TrialResult> results) {
        return new CompatibilityPage(
                HEAD + results.stream().map(CompatibilityPage::row).collect(Collectors.joining()) + FOOT);
    }

    /** Returns the Java versions on the page. */
    Set<Integer> javas() {
        return text.lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> Integer.valueOf(row.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the page without the lines of other Java versions. */
    CompatibilityPage only(Set<Integer> javas) {
        Predicate<String> stays = line -> {
            Matcher row = ROW.matcher(line);
            return !row.matches() || javas.contains(Integer.valueOf(row.group(1)));
        };
        return new CompatibilityPage(
                text.lines().filter(stays).map(line -> line + "\n").collect(Collectors.joining()));
    }

    private static String row(TrialResult result) {
        Trial trial = result.trial();
        String flows = Arrays.stream(Flow.values())
                .map(flow -> result.works().contains(flow) ? "works" : "fails")
                .collect(Collectors.joining(" | "));
        return "| %s | %d | %s | %s | %s |%n"
                .formatted(trial.flume().number(), trial.java(), trial.kafka().number(), trial.client(), flows);
    }
}
