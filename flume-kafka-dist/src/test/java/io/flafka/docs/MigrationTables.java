// SPDX-License-Identifier: Apache-2.0
package io.flafka.docs;

import static io.flafka.docs.GeneratedSection.cell;
import static io.flafka.docs.GeneratedSection.code;

import io.flafka.config.FormerName;
import io.flafka.config.Property;
import io.flafka.config.PropertySet;
import io.flafka.config.StockDefault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tables of docs/migrating.md for one component: how an agent file written for Flume's own component behaves with this one.
 *
 * @param set the component's declared properties
 */
record MigrationTables(PropertySet set) {

    /**
     * Returns the page with this component's two sections brought up to date.
     *
     * @throws IllegalArgumentException if the page does not have both sections for this component
     */
    String updateIn(String page) {
        String withDefaults = new GeneratedSection(set.kind() + ", defaults").replaceIn(page, defaults());
        return new GeneratedSection(set.kind() + ", names").replaceIn(withDefaults, names());
    }

    /** Lists every default that differs from Flume's own component, with the line that restores Flume's. */
    String defaults() {
        List<String> lines = new ArrayList<>();
        lines.add("| Property | Stock | Here | Why | How to restore |");
        lines.add("|---|---|---|---|---|");
        for (Property<?> property : set.properties()) {
            property.stockDefault().ifPresent(stock -> lines.add(defaultRow(property, stock)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String defaultRow(Property<?> property, StockDefault stock) {
        return "| " + code(property.name())
                + " | " + code(stock.value())
                + " | " + code(property.defaultText().orElseThrow())
                + " | " + cell(stock.reason())
                + " | " + code("<component>." + property.name() + " = " + stock.value()) + " |";
    }

    /** Lists every former name and former value with its successor, and every name that has no effect now. */
    String names() {
        List<String> lines = new ArrayList<>();
        lines.add("| In the agent file | Now |");
        lines.add("|---|---|");
        for (Property<?> property : set.properties()) {
            property.formerNames().forEach(former -> lines.add(formerNameRow(property, former)));
            property.formerValues().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(values -> row(
                            assignment(property.name(), values.getKey()),
                            code(assignment(property.name(), values.getValue()))))
                    .forEach(lines::add);
        }
        set.obsolete().forEach(name -> lines.add(row(name.name(), "no effect: " + cell(name.explanation()))));
        return String.join("\n", lines) + "\n";
    }

    private static String formerNameRow(Property<?> property, FormerName former) {
        return row(
                former.name(),
                former.isTranslated() ? translations(property, former.translation()) : code(property.name()));
    }

    private static String translations(Property<?> property, Map<String, String> translation) {
        return translation.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(values -> code(values.getKey()) + " is " + code(assignment(property.name(), values.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String assignment(String name, String value) {
        return name + " = " + value;
    }

    private static String row(String formerName, String now) {
        return "| " + code(formerName) + " | " + now + " |";
    }
}
