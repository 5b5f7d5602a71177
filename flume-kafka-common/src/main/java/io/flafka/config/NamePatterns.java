// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A list of names and patterns, in which {@code *} matches any characters. Immutable.
 *
 * @param patterns the names and patterns
 */
public record NamePatterns(List<NamePatterns.Glob> patterns) {

    /** Contains no name. */
    public static final NamePatterns NONE = new NamePatterns(List.of());

    private static final Pattern WILDCARD = Pattern.compile("\\*+");

    /** Copies the list. */
    public NamePatterns {
        patterns = List.copyOf(patterns);
    }

    /**
     * A name or pattern. Matched without a regular expression: senders choose the names that it is compared with, and a
     * backtracking expression needs hours for some of them.
     *
     * @param parts the texts between the wildcards; a name without a wildcard is one part
     */
    record Glob(List<String> parts) {

        Glob {
            parts = List.copyOf(parts);
        }

        static Glob of(String text) {
            return new Glob(List.of(WILDCARD.split(text, -1)));
        }

        /** Returns whether the name begins with the first part, ends with the last one, and has the others in between. */
        boolean matches(String name) {
            String first = parts.get(0);
            if (parts.size() == 1) {
                return name.equals(first);
            }
            String last = parts.get(parts.size() - 1);
            int end = name.length() - last.length();
            int position = first.length();
            if (end < position || !name.startsWith(first) || !name.endsWith(last)) {
                return false;
            }
            for (String part : parts.subList(1, parts.size() - 1)) {
                // The first place leaves most for the parts that follow, so no other one needs to be tried.
                int found = name.indexOf(part, position);
                if (found < 0 || found + part.length() > end) {
                    return false;
                }
                position = found + part.length();
            }
            return true;
        }
    }

    /**
     * Parses a list of names separated by commas.
     *
     * @throws IllegalArgumentException if the list contains no name
     */
    public static NamePatterns of(String list) {
        List<Glob> patterns = Stream.of(list.split(",", -1))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .map(Glob::of)
                .toList();
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("no name");
        }
        return new NamePatterns(patterns);
    }

    /** Returns whether the list is empty. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Returns whether a name or pattern of the list matches this name. */
    public boolean contains(String name) {
        for (Glob pattern : patterns) {
            if (pattern.matches(name)) {
                return true;
            }
        }
        return false;
    }
}
