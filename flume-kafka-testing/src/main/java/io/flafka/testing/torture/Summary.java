// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture;

import io.flafka.testing.torture.check.BrokenPromise;
import io.flafka.testing.torture.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table at the end of a torture run: one line per pipeline. */
final class Summary {

    private Summary() {}

    /** Returns a table in Markdown, with the command that repeats the run. */
    static String of(TortureOptions options, List<TortureResult> results) {
        List<String> lines = new ArrayList<>();
        lines.add("| Pipeline | Seed | Faults | Acknowledged | Delivered | Lost | Duplicates with / without a reason"
                + " | Reordered | Dead letters | Longest stall | Promise |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|---|");
        results.forEach(result -> lines.add(line(options, result)));
        lines.add("");
        lines.add(
                "To repeat a line: examples/torture/run.sh --pipeline <pipeline> --minutes %s --seed %d --components %s"
                        .formatted(
                                minutes(options),
                                options.seed(),
                                options.components().name().toLowerCase(Locale.ROOT)));
        return String.join(System.lineSeparator(), lines);
    }

    private static String minutes(TortureOptions options) {
        return "%.2f".formatted(options.faultsPerPipeline().toSeconds() / 60.0);
    }

    private static String line(TortureOptions options, TortureResult result) {
        Verdict verdict = result.verdict();
        long faults =
                verdict.faults().values().stream().mapToLong(Long::longValue).sum();
        long unexcused = verdict.duplicatesByFault().getOrDefault("", 0L);
        long excused = verdict.duplicatesByFault().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                - unexcused;
        return "| %s | %d | %d | %d | %d | %d | %d / %d | %d | %d | %.1f s | %s |"
                .formatted(
                        result.pipeline(),
                        options.seed(),
                        faults,
                        verdict.counts().acknowledged(),
                        verdict.counts().delivered(),
                        verdict.count(BrokenPromise.Kind.LOST),
                        excused,
                        unexcused,
                        verdict.count(BrokenPromise.Kind.REORDERED),
                        verdict.counts().deadLettered(),
                        verdict.longestStallMillis() / 1000.0,
                        verdict.kept() ? "kept" : "**broken**");
    }
}
