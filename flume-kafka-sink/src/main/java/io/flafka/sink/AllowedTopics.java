// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.config.TopicName;
import io.flafka.config.ValueType;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The topics that an event header may name. Immutable.
 *
 * @param names topics by name
 * @param patterns topics by regular expression: one of these must match the whole name
 */
record AllowedTopics(Set<String> names, List<Pattern> patterns) {

    private static final ValueType<Pattern> REGEX = ValueType.regex();
    private static final String EVERYTHING = ".*";

    AllowedTopics {
        names = Set.copyOf(names);
        patterns = List.copyOf(patterns);
    }

    /** Returns the type of the property {@code allowedTopics}. */
    static ValueType<AllowedTopics> type() {
        return new ValueType<>("topic names and Java regular expressions, separated by commas", AllowedTopics::parse)
                .withItems(AllowedTopics::items, item -> REGEX.parse(item).isPresent());
    }

    /** Parses the items of the list: an item that cannot be the name of a topic is a regular expression. */
    private static AllowedTopics parse(String text) {
        Set<String> names = items(text).stream().filter(TopicName::isValid).collect(Collectors.toSet());
        List<Pattern> patterns = items(text).stream()
                .filter(item -> !names.contains(item))
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

    /** Returns whether the operator has not restricted the topics. */
    boolean isEveryTopic() {
        return patterns.stream().anyMatch(pattern -> pattern.pattern().equals(EVERYTHING));
    }

    /**
     * Returns whether an event header may name this topic. Only a text that can be the name of a topic is compared with
     * the patterns: senders choose it, and some patterns need hours for some texts.
     */
    boolean contains(String topic) {
        if (!TopicName.isValid(topic)) {
            return false;
        }
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
