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
 * The declaration of one property: the only place that spells its name.
 *
 * <p>Immutable; every method that adds to it returns a new one.
 *
 * @param <T> the type of its values
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
     * A property without a default.
     *
     * @param text what it is for, for the reference; it does not repeat the default
     */
    public static <T> Property<T> of(String name, ValueType<T> type, String text) {
        return new Property<>(name, type, text, null, List.of(), Map.of(), null);
    }

    /** With a default, written as in an agent file. */
    public Property<T> defaultsTo(String value) {
        if (type.parse(value).isEmpty()) {
            throw new IllegalArgumentException(name + ": its default is not allowed");
        }
        return new Property<>(name, type, text, value, formerNames, formerValues, stockDefault);
    }

    /**
     * With what Flume's own component does instead of the default.
     *
     * @param value that brings it back
     * @param reason why the default is another; it ends without a full stop
     */
    public Property<T> inStock(String value, String reason) {
        if (type.parse(value).isEmpty()) {
            throw new IllegalArgumentException(name + ": what stock does is not allowed");
        }
        return new Property<>(
                name, type, text, defaultText, formerNames, formerValues, new StockDefault(value, reason));
    }

    /** With further former names, whose values were those of today. */
    public Property<T> formerly(String... names) {
        return with(Stream.of(names).map(FormerName::of).toList());
    }

    /** With a further former name, whose values were others. */
    public Property<T> formerly(String formerName, Map<String, String> translation) {
        return with(List.of(new FormerName(formerName, translation)));
    }

    /** With a value of earlier days that stands for one of today. */
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

    /** Its name below the component's. */
    public String name() {
        return name;
    }

    /** What it is for. */
    public String text() {
        return text;
    }

    /** What its values may be, as it ends the sentence "must be …". */
    public String allowed() {
        return type.allowed();
    }

    /** Its default, as it would be written. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** What Flume's own component does instead of the default, if that is something else. */
    public Optional<StockDefault> stockDefault() {
        return Optional.ofNullable(stockDefault);
    }

    /** Its earlier names, in the order in which they are looked for. */
    public List<FormerName> formerNames() {
        return formerNames;
    }

    /** Today's value for each value of earlier days. */
    public Map<String, String> formerValues() {
        return formerValues;
    }

    /** The value that a text stands for, or nothing if it is not allowed. */
    public Optional<T> parse(String value) {
        return type.parse(value);
    }

    /** The part of a text that is not allowed, or all of it. */
    String faultIn(String value) {
        return type.fault().apply(value);
    }

    /** What is odd about a text that is allowed. */
    Optional<String> doubtOf(String value) {
        return type.doubt().apply(value);
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }
}
