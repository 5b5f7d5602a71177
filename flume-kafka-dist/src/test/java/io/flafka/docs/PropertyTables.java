// SPDX-License-Identifier: Apache-2.0
package io.flafka.docs;

import static io.flafka.docs.GeneratedSection.cell;
import static io.flafka.docs.GeneratedSection.code;

import io.flafka.config.Property;
import io.flafka.config.PropertySet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables of docs/configuration.md for one component: every property name that its agent file lines may have.
 *
 * @param set the component's declared properties
 */
record PropertyTables(PropertySet set) {

    private static final String NONE = "—";

    /**
     * Returns the page with this component's section brought up to date.
     *
     * @throws IllegalArgumentException if the page has no section for this component
     */
    String updateIn(String page) {
        return new GeneratedSection(set.kind()).replaceIn(page, markdown());
    }

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| Property | Default | Allowed | Former names | Meaning |");
        lines.add("|---|---|---|---|---|");
        set.properties().forEach(property -> lines.add(row(property)));
        lines.add("");
        lines.add("Groups of properties with a common prefix:");
        lines.add("");
        lines.add("| Property | Meaning |");
        lines.add("|---|---|");
        set.prefixes().forEach(prefix -> lines.add("| " + code(prefix.form()) + " | " + cell(prefix.text()) + " |"));
        lines.add("");
        lines.add("Properties without effect. Each logs one warning:");
        lines.add("");
        lines.add("| Property | What to do |");
        lines.add("|---|---|");
        set.obsolete().forEach(name -> lines.add("| " + code(name.name()) + " | " + cell(name.explanation()) + " |"));
        lines.add("");
        lines.add("Properties that Flume itself reads: " + flumeNames() + ".");
        return String.join("\n", lines) + "\n";
    }

    private static String row(Property<?> property) {
        return "| " + code(property.name())
                + " | " + property.defaultText().map(GeneratedSection::code).orElse(NONE)
                + " | " + cell(property.allowed()) + formerValues(property)
                + " | " + formerNames(property)
                + " | " + cell(property.text()) + " |";
    }

    private static String formerValues(Property<?> property) {
        return property.formerValues().isEmpty()
                ? ""
                : "; formerly "
                        + property.formerValues().keySet().stream()
                                .sorted()
                                .map(GeneratedSection::code)
                                .collect(Collectors.joining(", "));
    }

    private static String formerNames(Property<?> property) {
        return property.formerNames().isEmpty()
                ? NONE
                : property.formerNames().stream()
                        .map(former -> code(former.name()))
                        .collect(Collectors.joining(", "));
    }

    private String flumeNames() {
        return set.readByFlume().stream()
                .map(name -> code(name.endsWith(".") ? name + "*" : name))
                .collect(Collectors.joining(", "));
    }
}
