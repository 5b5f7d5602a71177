// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Some names of headers, listed or by patterns. Immutable.
 *
 * @param patterns names in which {@code *} stands for any characters or none
 */
public record HeaderNames(List<HeaderNames.Glob> patterns) {

    /** No name. */
    public static final HeaderNames NONE = new HeaderNames(List.of());

    private static final Pattern ANY = Pattern.compile("\\*+");

    /** Keeps a copy. */
    public HeaderNames {
        patterns = List.copyOf(patterns);
    }

    /** A name in which {@code *} stands for any characters; equal if written equally. */
    record Glob(String text, Pattern regex) {

        static Glob of(String text) {
            String regex = Stream.of(ANY.split(text, -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
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
     * From a list with commas.
     *
     * @throws IllegalArgumentException if there is no name in it
     */
    public static HeaderNames of(String list) {
        List<Glob> patterns = Stream.of(list.split(",", -1))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .map(Glob::of)
                .toList();
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("no name");
        }
        return new HeaderNames(patterns);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether this name is one of them. */
    public boolean contains(String name) {
        for (Glob pattern : patterns) {
            if (pattern.regex().matcher(name).matches()) {
                return true;
            }
        }
        return false;
    }
}
