// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Declares one property of a component: its name, type, default, former names and description. No other code spells the name.
 *
 * <p>Immutable: each method that adds something returns a new object.
 *
 * @param <T> the type of the property's values
 */
public final class Property<T> {

    private final String name;
    private final ValueType<T> type;
    private final String text;
    private final @Nullable String defaultText;
    private final List<FormerName> formerNames;
    private final Map<String, String> formerValues;
    private final @Nullable StockDefault stockDefault;

    private Property(
            String name,
            ValueType<T> type,
            String text,
            @Nullable String defaultText,
            List<FormerName> formerNames,
            Map<String, String> formerValues,
            @Nullable StockDefault stockDefault) {
        this.name = name;
        this.type = type;
        this.text = text;
        this.defaultText = defaultText;
        this.formerNames = List.copyOf(formerNames);
        this.formerValues = Map.copyOf(formerValues);
        this.stockDefault = stockDefault;
    }

    /**
     * Declares a property without a default.
     *
     * @param text the description in docs/configuration.md; it does not repeat the default
     */
    public static <T> Property<T> of(String name, ValueType<T> type, String text) {
        return new Property<>(name, type, text, null, List.of(), Map.of(), null);
    }

    /** Adds a default, written as in an agent file. */
    public Property<T> defaultsTo(String value) {
        if (type.parse(value).isEmpty()) {
            throw new IllegalArgumentException(name + ": the default is not an allowed value");
        }
        return new Property<>(name, type, text, value, formerNames, formerValues, stockDefault);
    }

    /**
     * Adds the default of Flume's own component ("stock"), which differs from this one.
     *
     * @param value the value that restores the behaviour of Flume's own component
     * @param reason why the default differs here, for docs/migrating.md; without a full stop at the end
     */
    public Property<T> inStock(String value, String reason) {
        if (type.parse(value).isEmpty()) {
            throw new IllegalArgumentException(name + ": the default of stock is not an allowed value");
        }
        return new Property<>(
                name, type, text, defaultText, formerNames, formerValues, new StockDefault(value, reason));
    }

    /** Adds former names whose values have not changed. */
    public Property<T> formerly(String... names) {
        return with(Stream.of(names).map(FormerName::of).toList());
    }

    /**
     * Adds a former name whose values have changed too.
     *
     * @param translation the current value for each former value, in lower case
     */
    public Property<T> formerly(String formerName, Map<String, String> translation) {
        return with(List.of(new FormerName(formerName, translation)));
    }

    /** Adds a former value, in lower case, which stands for a current one. */
    public Property<T> formerValue(String formerValue, String value) {
        Map<String, String> values = new LinkedHashMap<>(formerValues);
        values.put(formerValue, value);
        return new Property<>(name, type, text, defaultText, formerNames, values, stockDefault);
    }

    private Property<T> with(List<FormerName> further) {
        List<FormerName> names = new ArrayList<>(formerNames);
        names.addAll(further);
        return new Property<>(name, type, text, defaultText, names, formerValues, stockDefault);
    }

    /** Returns the name, without the component's prefix. */
    public String name() {
        return name;
    }

    /** Returns the description. */
    public String text() {
        return text;
    }

    /** Describes the allowed values. The text completes the sentence "must be …". */
    public String allowed() {
        return type.allowed();
    }

    /** Returns the default, written as in an agent file. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** Returns the default of Flume's own component, if it differs. */
    public Optional<StockDefault> stockDefault() {
        return Optional.ofNullable(stockDefault);
    }

    /** Returns the former names, in the order in which they are looked up. */
    public List<FormerName> formerNames() {
        return formerNames;
    }

    /** Returns the current value for each former value. */
    public Map<String, String> formerValues() {
        return formerValues;
    }

    /** Returns the value of a text, or nothing if the text is not allowed. */
    public Optional<T> parse(String value) {
        return type.parse(value);
    }

    /** Returns the part of a text that is not allowed, or the whole text if the part is unknown. */
    String rejectedPart(String value) {
        return type.rejectedPart().apply(value);
    }

    /** Returns a warning about a text that is allowed, if it needs one. */
    Optional<String> warningAbout(String value) {
        return type.warning().apply(value);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
