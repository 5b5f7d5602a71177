// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of header names and patterns, in which {@code *} matches any characters. Immutable.
 *
 * @param patterns the names and patterns
 */
public record HeaderPatterns(List<HeaderPatterns.Glob> patterns) {

    /** Contains no name. */
    public static final HeaderPatterns NONE = new HeaderPatterns(List.of());

    private static final Pattern WILDCARD = Pattern.compile("\\*+");

    /** Copies the list. */
    public HeaderPatterns {
        patterns = List.copyOf(patterns);
    }

    /** A name or pattern. Two are equal if their texts are equal. */
    record Glob(String text, Pattern regex) {

        static Glob of(String text) {
            String regex =
                    Stream.of(WILDCARD.split(text, -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
            return new Glob(text, Pattern.compile(regex, Pattern.DOTALL));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Glob glob && glob.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /**
     * Parses a list of names separated by commas.
     *
     * @throws IllegalArgumentException if the list contains no name
     */
    public static HeaderPatterns of(String list) {
        List<Glob> patterns = Stream.of(list.split(",", -1))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .map(Glob::of)
                .toList();
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("no name");
        }
        return new HeaderPatterns(patterns);
    }

    /** Returns whether the list is empty. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Returns whether a name or pattern of the list matches this name. */
    public boolean contains(String name) {
        for (Glob pattern : patterns) {
            if (pattern.regex().matcher(name).matches()) {
                return true;
            }
        }
        return false;
    }
}
