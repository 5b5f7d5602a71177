// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static io.flafka.config.GeneratedSection.cell;
import static io.flafka.config.GeneratedSection.code;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The reference of one component's properties in Markdown, made from their declarations.
 *
 * @param set the declarations
 */
public record PropertyReference(PropertySet set) {

    private static final String NONE = "—";

    /**
     * The document with this component's section brought up to date; the rest stays as it is.
     *
     * @throws IllegalArgumentException if the document has no place for it
     */
    public String updated(String document) {
        return new GeneratedSection(set.kind()).updated(document, markdown());
    }

    /** The section itself. */
    public String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| Property | Default | Allowed | Former names | Meaning |");
        lines.add("|---|---|---|---|---|");
        set.properties().forEach(property -> lines.add(row(property)));
        lines.add("");
        lines.add("Passed on:");
        lines.add("");
        lines.add("| Property | Meaning |");
        lines.add("|---|---|");
        set.prefixes().forEach(prefix -> lines.add("| " + code(prefix.form()) + " | " + cell(prefix.text()) + " |"));
        lines.add("");
        lines.add("Without effect; each is logged once as a warning:");
        lines.add("");
        lines.add("| Property | What to do |");
        lines.add("|---|---|");
        set.obsolete().forEach(name -> lines.add("| " + code(name.name()) + " | " + cell(name.explanation()) + " |"));
        lines.add("");
        lines.add("Read by Flume itself: " + framework() + ".");
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

    private String framework() {
        return set.framework().stream()
                .map(name -> code(name.endsWith(".") ? name + "*" : name))
                .collect(Collectors.joining(", "));
    }
}
