// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.config.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The topics that a header of an event may name.
 *
 * <p>Thread-safe: it does not change.
 *
 * @param names of topics
 * @param patterns a topic's whole name matches one of them
 */
record AllowedTopics(Set<String> names, List<Pattern> patterns) {

    private static final ValueType<String> NAME = ValueType.topic();
    private static final ValueType<Pattern> REGEX = ValueType.regex();

    /** Keeps copies. */
    AllowedTopics {
        names = Set.copyOf(names);
        patterns = List.copyOf(patterns);
    }

    /** The form of the property. */
    static ValueType<AllowedTopics> type() {
        return new ValueType<>(
                        "names of topics and regular expressions as Java understands them, separated by commas",
                        AllowedTopics::parse)
                .withItems(AllowedTopics::items, item -> REGEX.parse(item).isPresent());
    }

    /** What is no topic's name is a regular expression. */
    private static AllowedTopics parse(String text) {
        Set<String> names = new HashSet<>();
        List<Pattern> patterns = items(text).stream()
                .filter(item -> NAME.parse(item).map(names::add).isEmpty())
                .map(Pattern::compile)
                .toList();
        return new AllowedTopics(names, patterns);
    }

    private static List<String> items(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    boolean contains(String topic) {
        if (names.contains(topic)) {
            return true;
        }
        for (Pattern pattern : patterns) {
            if (pattern.matcher(topic).matches()) {
                return true;
            }
        }
        return false;
    }
}
