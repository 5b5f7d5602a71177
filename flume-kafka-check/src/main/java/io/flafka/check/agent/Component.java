// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.agent;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A source, channel or sink of an agent.
 *
 * @param kind its kind
 * @param name its name
 * @param prefix what its properties begin with in the agent file, such as {@code a1.sources.r1.}
 * @param settings its properties without that prefix, in the order of the file
 */
public record Component(ComponentKind kind, String name, String prefix, Map<String, Setting> settings) {

    /** Copies the map. */
    public Component {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Returns the value of a property, if it has one. */
    public Optional<String> value(String property) {
        return Optional.ofNullable(settings.get(property)).map(Setting::value);
    }

    /** Returns the first of several names of a property that has a value. */
    public Optional<String> firstGiven(String... names) {
        return Arrays.stream(names).filter(settings::containsKey).findFirst();
    }

    /** Returns the value of the first of several names that has one. */
    public Optional<String> firstValue(String... names) {
        return firstGiven(names).flatMap(this::value);
    }

    /** Returns the component's type, or an empty text. */
    public String type() {
        return value("type").orElse("");
    }

    /** Returns the names of its channels: several of a source, one of a sink, none of a channel. */
    public List<String> channels() {
        return switch (kind) {
            case SOURCE -> words(value("channels").orElse(""));
            case SINK ->
                value("channel").map(String::trim).filter(name -> !name.isEmpty()).stream()
                        .toList();
            case CHANNEL -> List.of();
        };
    }

    static List<String> words(String text) {
        return Stream.of(text.trim().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Returns the properties as Flume passes them to the component: without those that have no value. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        settings.forEach((name, setting) -> {
            if (!setting.value().isEmpty()) {
                parameters.put(name, setting.value());
            }
        });
        return parameters;
    }

    /** Returns the line of a property; if it is missing, that of the component's type or first property; 0 if it has none. */
    public int lineOf(String property) {
        return Stream.of(property, "type")
                .flatMap(name -> Stream.ofNullable(settings.get(name)))
                .findFirst()
                .or(() -> settings.values().stream().findFirst())
                .map(Setting::line)
                .orElse(0);
    }
}
