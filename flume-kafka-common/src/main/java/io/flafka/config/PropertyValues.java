// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one component's parameters say, under today's names.
 *
 * <p>Immutable, but for the problems, to which rules across properties add theirs. Its text has no values in it.
 */
public final class PropertyValues {

    private final PropertySet set;
    private final Map<String, String> texts;
    private final Set<String> given;
    private final Problems problems;

    PropertyValues(PropertySet set, Map<String, String> texts, Set<String> given, Problems problems) {
        this.set = set;
        this.texts = new LinkedHashMap<>(texts);
        this.given = Set.copyOf(given);
        this.problems = problems;
    }

    /** The value that was given, if it is an allowed one. */
    public <T> Optional<T> find(Property<T> property) {
        return Optional.ofNullable(texts.get(property.name())).flatMap(property::parse);
    }

    /**
     * The value that was given, or the default.
     *
     * @throws IllegalStateException if there is neither; that is for the caller to have excluded
     */
    public <T> T get(Property<T> property) {
        return find(property)
                .or(() -> property.defaultText().flatMap(property::parse))
                .orElseThrow(() -> new IllegalStateException(property + " has no value"));
    }

    /** Whether it was given, under whatever name, allowed or not. */
    public boolean isGiven(Property<?> property) {
        return given.contains(property.name());
    }

    /** Whether the component has a property of that name, given or not. */
    public boolean declares(String name) {
        return set.properties().stream().anyMatch(property -> property.name().equals(name));
    }

    /** What was given below a prefix: the names without it, in the order in which they were given. */
    public Map<String, String> below(String prefix) {
        Map<String, String> below = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), text);
            }
        });
        return below;
    }

    /** The defaults that are declared below a prefix: the names without it. */
    public Map<String, String> defaultsBelow(String prefix) {
        Map<String, String> below = new LinkedHashMap<>();
        for (Property<?> property : set.properties()) {
            if (property.name().startsWith(prefix)) {
                property.defaultText()
                        .ifPresent(text -> below.put(property.name().substring(prefix.length()), text));
            }
        }
        return below;
    }

    /** What is wrong, so far. */
    public Problems problems() {
        return problems;
    }

    @Override
    public String toString() {
        return "values of " + texts.keySet();
    }
}
