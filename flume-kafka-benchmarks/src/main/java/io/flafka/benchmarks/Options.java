// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The options of the command line.
 *
 * @param values the values by option
 * @param flags the options without a value
 * @param compared the files of {@code --compare}: two to compare, or one to compare a new measurement with; otherwise empty
 */
record Options(Map<String, String> values, Set<String> flags, List<Path> compared) {
    static final String USAGE = """
            Usage: run.sh [--scenario REGEX] [--reps N] [--quick] [--out FILE]
                          [--contender REGEX] [--attempts N] [--contenders FILE] [--warm-up SECONDS] [--window SECONDS] [--logs memory|disk]
                          [--profile] [--list]
                          [--compare BASELINE.json]
                   run.sh --compare A.json B.json
                   run.sh --tables A.json
            A regular expression must match the whole name; 'codec' is the scenario of the microbenchmarks. See README.md.
            """;

    private static final Set<String> WITH_VALUE = Set.of(
            "--scenario",
            "--reps",
            "--attempts",
            "--out",
            "--contender",
            "--contenders",
            "--warm-up",
            "--window",
            "--logs",
            "--tables");
    private static final Set<String> WITHOUT = Set.of("--quick", "--profile", "--list");
    private static final double MILLIS = 1000;

    Options {
        values = Map.copyOf(values);
        flags = Set.copyOf(flags);
        compared = List.copyOf(compared);
    }

    /**
     * Parses the command line.
     *
     * @throws IllegalArgumentException naming the wrong option
     */
    static Options of(Collection<String> words) {
        Deque<String> left = new ArrayDeque<>(words);
        Map<String, String> values = new HashMap<>();
        List<String> flags = new ArrayList<>();
        List<Path> compared = new ArrayList<>();
        while (!left.isEmpty()) {
            String word = left.remove();
            if (word.equals("--compare")) {
                compared.add(Path.of(next(word, left)));
                if (!left.isEmpty() && !left.element().startsWith("--")) {
                    compared.add(Path.of(left.remove()));
                }
            } else if (WITH_VALUE.contains(word)) {
                values.put(word, next(word, left));
            } else if (WITHOUT.contains(word)) {
                flags.add(word);
            } else {
                throw new IllegalArgumentException("Unknown: " + word);
            }
        }
        return new Options(values, Set.copyOf(flags), compared);
    }

    private static String next(String word, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(word + " needs a value");
        }
        return left.remove();
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    Optional<Path> path(String name) {
        return Optional.ofNullable(values.get(name)).map(Path::of);
    }

    /** Returns the option's pattern. It matches everything if the option is missing. */
    Pattern regex(String name) {
        try {
            return Pattern.compile(values.getOrDefault(name, ".*"));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(name + " is not a regular expression: " + e.getDescription(), e);
        }
    }

    /** Returns whether a scenario was requested explicitly; used for scenarios that are not in a quick measurement. */
    boolean isRequested(String scenario) {
        return regex("--scenario").matcher(scenario).matches() && (!has("--quick") || values.containsKey("--scenario"));
    }

    Optional<Integer> count(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> {
            if (!value.matches("[1-9]\\d{0,3}")) {
                throw new IllegalArgumentException(name + " is not a positive whole number: " + value);
            }
            return Integer.valueOf(value);
        });
    }

    Optional<Duration> seconds(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> {
            if (!value.matches("\\d{1,4}(\\.\\d{1,3})?")) {
                throw new IllegalArgumentException(name + " is not a number of seconds: " + value);
            }
            return Duration.ofMillis(Math.round(Double.parseDouble(value) * MILLIS));
        });
    }
}
