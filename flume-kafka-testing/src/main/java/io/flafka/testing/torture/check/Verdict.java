// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a {@link Checker} found.
 *
 * @param history the file
 * @param counts the numbers of events
 * @param broken the broken promises; of each kind the first ones
 * @param brokenByKind how many events broke a promise, by kind
 * @param duplicatesByFault the duplicates by the kind of the latest fault that excuses them; empty without one
 * @param faults the faults by kind
 * @param unendedFaults faults without an end
 * @param longestStallMillis the longest stall outside of faults
 * @param cutLines lines that were cut, because the writer was killed
 */
public record Verdict(
        Path history,
        Counts counts,
        List<BrokenPromise> broken,
        Map<BrokenPromise.Kind, Long> brokenByKind,
        Map<String, Long> duplicatesByFault,
        Map<String, Long> faults,
        long unendedFaults,
        long longestStallMillis,
        long cutLines) {

    public Verdict {
        broken = List.copyOf(broken);
        brokenByKind = Map.copyOf(brokenByKind);
        duplicatesByFault = Map.copyOf(duplicatesByFault);
        faults = Map.copyOf(faults);
    }

    /** Returns whether no promise was broken. */
    public boolean kept() {
        return broken.isEmpty();
    }

    /** Returns how many events broke a promise in one way. */
    public long count(BrokenPromise.Kind kind) {
        return brokenByKind.getOrDefault(kind, 0L);
    }

    /** Returns the numbers by name, in the order in which to print them. */
    public Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("sent", number(counts.sent()));
        rows.put("acknowledged", number(counts.acknowledged()));
        rows.put("delivered", number(counts.delivered()));
        rows.put("of them not acknowledged", number(counts.unanswered()));
        rows.put("lost", with(count(BrokenPromise.Kind.LOST), counts.excusedLosses(), "excused"));
        rows.put("duplicates", duplicates());
        rows.put("repeated too often", number(count(BrokenPromise.Kind.REPEATED)));
        rows.put("reordered", number(count(BrokenPromise.Kind.REORDERED)));
        rows.put("dead-lettered", number(counts.deadLettered()));
        rows.put("missing, repeated or wrong dead letters", number(wrongDeadLetters()));
        rows.put("never sent", number(count(BrokenPromise.Kind.INVENTED)));
        rows.put("longest stall", "%.1f s".formatted(longestStallMillis / 1000.0));
        rows.put("faults", byKind(faults) + (unendedFaults == 0 ? "" : ", without an end: " + unendedFaults));
        rows.put("cut lines of the history", number(cutLines));
        rows.put("promise", kept() ? "kept" : "BROKEN: " + broken.size() + " findings");
        return rows;
    }

    /** Returns a table to print, with the broken promises below it. */
    public String table() {
        Map<String, String> rows = rows();
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        rows.forEach((name, value) -> lines.add(("%-" + width + "s  %s").formatted(name, value)));
        broken.forEach(promise -> lines.add("- " + promise));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    /** Prints, for each broken promise, the lines of the history that show it. */
    public void replay(Appendable out) {
        Replay.print(history, broken, out);
    }

    private String duplicates() {
        long all =
                duplicatesByFault.values().stream().mapToLong(Long::longValue).sum();
        return all == 0 ? "0" : byKind(duplicatesByFault);
    }

    private long wrongDeadLetters() {
        return count(BrokenPromise.Kind.NOT_DEAD_LETTERED)
                + count(BrokenPromise.Kind.DEAD_LETTERED_AGAIN)
                + count(BrokenPromise.Kind.WRONGLY_DEAD_LETTERED)
                + count(BrokenPromise.Kind.WRONGLY_DELIVERED);
    }

    private static String byKind(Map<String, Long> counts) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        if (all == 0) {
            return "0";
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(count -> (count.getKey().isEmpty() ? "without a reason" : count.getKey()) + ": "
                        + number(count.getValue()))
                .collect(Collectors.joining(", ", number(all) + " (", ")"));
    }

    private static String with(long count, long others, String what) {
        return number(count) + (others == 0 ? "" : " (and " + number(others) + " " + what + ")");
    }

    private static String number(long value) {
        return "%,d".formatted(value);
    }
}
