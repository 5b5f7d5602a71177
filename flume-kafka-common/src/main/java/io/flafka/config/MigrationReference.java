// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static io.flafka.config.GeneratedSection.cell;
import static io.flafka.config.GeneratedSection.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the agent files of earlier days have to do with one component's properties, in Markdown, made from their declarations.
 *
 * @param set the declarations
 */
public record MigrationReference(PropertySet set) {

    /**
     * The document with this component's two sections brought up to date; the rest stays as it is.
     *
     * @throws IllegalArgumentException if the document has no place for them
     */
    public String updated(String document) {
        String withDefaults = new GeneratedSection(set.kind() + ", defaults").updated(document, defaults());
        return new GeneratedSection(set.kind() + ", names").updated(withDefaults, names());
    }

    /** Every default that is not stock's, and the line that restores stock's. */
    String defaults() {
        List<String> lines = new ArrayList<>();
        lines.add("| Property | Stock | Here | Why | As before |");
        lines.add("|---|---|---|---|---|");
        for (Property<?> property : set.properties()) {
            property.stockDefault().ifPresent(stock -> lines.add(row(property, stock)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String row(Property<?> property, StockDefault stock) {
        return "| " + code(property.name())
                + " | " + code(stock.value())
                + " | " + code(property.defaultText().orElseThrow())
                + " | " + cell(stock.reason())
                + " | " + code("<component>." + property.name() + " = " + stock.value()) + " |";
    }

    /** Every name of earlier days with the name of today, or what became of it. */
    String names() {
        List<String> lines = new ArrayList<>();
        lines.add("| In the file | Today |");
        lines.add("|---|---|");
        for (Property<?> property : set.properties()) {
            property.formerNames().forEach(former -> lines.add(row(property, former)));
            property.formerValues().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(values -> line(
                            assigned(property.name(), values.getKey()),
                            code(assigned(property.name(), values.getValue()))))
                    .forEach(lines::add);
        }
        set.obsolete().forEach(gone -> lines.add(line(gone.name(), "no effect: " + cell(gone.explanation()))));
        return String.join("\n", lines) + "\n";
    }

    private static String row(Property<?> property, FormerName former) {
        return line(
                former.name(),
                former.isTranslated() ? translations(property, former.translation()) : code(property.name()));
    }

    private static String translations(Property<?> property, Map<String, String> translation) {
        return translation.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(values -> code(values.getKey()) + " is " + code(assigned(property.name(), values.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String assigned(String name, String value) {
        return name + " = " + value;
    }

    private static String line(String then, String now) {
        return "| " + code(then) + " | " + now + " |";
    }
}
