// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of one component's properties, under their current names.
 *
 * <p>Immutable, except for {@link #problems}, to which checks across several properties add theirs. {@link #toString} shows no values.
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

    /** Returns the value in the agent file, if there is one and it is allowed. */
    public <T> Optional<T> find(Property<T> property) {
        return Optional.ofNullable(texts.get(property.name())).flatMap(property::parse);
    }

    /**
     * Returns the value in the agent file, or the default.
     *
     * @throws IllegalStateException if there is neither; callers must exclude that
     */
    public <T> T get(Property<T> property) {
        return find(property)
                .or(() -> property.defaultText().flatMap(property::parse))
                .orElseThrow(() -> new IllegalStateException(property + " has no value"));
    }

    /** Returns whether the agent file has the property, under its current or a former name, allowed or not. */
    public boolean isGiven(Property<?> property) {
        return given.contains(property.name());
    }

    /** Returns whether the component declares a property of this name. */
    public boolean declares(String name) {
        return set.properties().stream().anyMatch(property -> property.name().equals(name));
    }

    /**
     * Returns the settings in the agent file whose names begin with a prefix. The result has the names without the prefix, in the order of the agent
     * file.
     */
    public Map<String, String> below(String prefix) {
        Map<String, String> below = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), text);
            }
        });
        return below;
    }

    /** Returns the declared defaults of properties whose names begin with a prefix. The result has the names without the prefix. */
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

    /** Returns the problems found so far. */
    public Problems problems() {
        return problems;
    }

    @Override
    public String toString() {
        return "values of " + texts.keySet();
    }
}
