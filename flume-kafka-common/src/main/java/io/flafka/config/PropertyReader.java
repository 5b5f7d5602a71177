// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One reading of a component's parameters: former names become today's, and everything wrong is noted. */
final class PropertyReader {

    private static final Pattern ASSIGNMENT = Pattern.compile("(?:^|[\\s,])([A-Za-z][\\w.-]*)\\s*=");

    private final PropertySet set;
    private final NameSuggestion nearest;
    private final Problems problems;
    private final Map<String, String> given = new LinkedHashMap<>();
    private final Map<String, String> accepted = new LinkedHashMap<>();
    private final Set<String> declared = new HashSet<>();
    private final Set<String> declaredAndGiven = new HashSet<>();

    PropertyReader(PropertySet set, Map<String, String> parameters, Problems problems) {
        this.set = set;
        this.nearest = set.nearestName();
        this.problems = problems;
        parameters.forEach((name, value) -> {
            // Flume drops empty values when it reads a file; those who configure by program may still hand them in.
            if (value != null && !value.isBlank()) {
                given.put(name.trim(), value.trim());
            }
        });
    }

    PropertyValues read() {
        set.properties().forEach(this::readDeclared);
        given.forEach((name, value) -> {
            if (!declared.contains(name) && !set.isFramework(name)) {
                readOther(name, value);
            }
            if (!set.isFramework(name)) {
                suspectAnotherLineIn(name, value);
            }
        });
        return new PropertyValues(set, accepted, declaredAndGiven, problems);
    }

    private void readDeclared(Property<?> property) {
        declared.add(property.name());
        @Nullable Spelling chosen = given.containsKey(property.name()) ? spelling(property, property.name()) : null;
        for (FormerName former : property.formerNames()) {
            declared.add(former.name());
            String text = given.get(former.name());
            if (text != null) {
                declaredAndGiven.add(property.name());
                chosen = withFormer(property, chosen, former, text);
            }
        }
        if (chosen != null) {
            declaredAndGiven.add(property.name());
            accept(property, chosen);
        }
    }

    private Spelling spelling(Property<?> property, String name) {
        String text = Objects.requireNonNull(given.get(name));
        return new Spelling(name, text, today(property, name, text));
    }

    private @Nullable Spelling withFormer(
            Property<?> property, @Nullable Spelling chosen, FormerName former, String text) {
        Optional<String> translated = former.translate(text);
        if (translated.isEmpty()) {
            problems.invalid(former.name(), text, former.allowed() + "; better write " + property.name());
            return chosen;
        }
        if (chosen != null && former.isTranslated()) {
            problems.warn(former.name() + " has no effect beside " + chosen.name() + ": remove it");
            return chosen;
        }
        Spelling old = new Spelling(former.name(), text, today(property, former.name(), translated.get()));
        if (chosen != null && !sameValue(property, chosen.value(), old.value())) {
            problems.error(chosen + " and " + old + " disagree: keep one of them, as " + property.name());
            return chosen;
        }
        problems.warn(former.name() + " is a former name: write " + property.name()
                + (former.isTranslated() ? " = " + old.value() : ""));
        return chosen == null ? old : chosen;
    }

    /** The value with its words of earlier days replaced by today's. */
    private String today(Property<?> property, String name, String text) {
        String value = property.formerValues().get(text.toLowerCase(Locale.ROOT));
        if (value == null) {
            return text;
        }
        problems.warn(name + " = " + LogSafeText.quoted(text) + " is a former value: write " + property.name() + " = "
                + value);
        return value;
    }

    private static boolean sameValue(Property<?> property, String one, String other) {
        return one.equals(other)
                || (property.parse(one).isPresent() && property.parse(one).equals(property.parse(other)));
    }

    private void accept(Property<?> property, Spelling spelling) {
        if (property.parse(spelling.value()).isPresent()) {
            accepted.put(property.name(), spelling.value());
            property.doubtOf(spelling.value()).ifPresent(doubt -> problems.warn(spelling + " works, but " + doubt));
            problems.suspectComment(spelling.name(), spelling.written());
        } else {
            problems.invalid(
                    spelling.name(),
                    spelling.written(),
                    property.allowed(),
                    spelling.value().equals(spelling.written())
                            ? property.faultIn(spelling.value())
                            : spelling.written());
        }
    }

    private void readOther(String name, String value) {
        Optional<ObsoleteName> obsolete = set.obsolete(name);
        Optional<PropertyPrefix> prefix = set.prefixOf(name);
        if (obsolete.isPresent()) {
            problems.warn(name + " has no effect: " + obsolete.get().explanation());
        } else if (prefix.isPresent()) {
            prefix.get().check(name.substring(prefix.get().prefix().length()), value, nearest, problems);
            accepted.put(name, value);
        } else {
            problems.suspect(LogSafeText.value(name) + " is not known and has no effect"
                    + nearest.to(name)
                            .map(known -> "; did you mean " + known + "?")
                            .orElse(""));
        }
    }

    /** As after a line that ends with a backslash, or with two lines in one. */
    private void suspectAnotherLineIn(String name, String value) {
        if (SecretNames.include(name)) {
            // What is in there may look like anything, and must not be shown.
            return;
        }
        Matcher assignment = ASSIGNMENT.matcher(value);
        while (assignment.find()) {
            String written = assignment.group(1);
            set.namesToday().keySet().stream()
                    .filter(known -> written.equals(known) || written.endsWith("." + known))
                    .findFirst()
                    .ifPresent(
                            known -> problems.suspect(
                                    name + " = " + LogSafeText.quoted(value) + " has " + written
                                            + " in it: write that in a line of its own; a backslash at the end of a line joins the next one to it"));
        }
    }

    /** A property as the file has it: under which name, what was written, and what that is today. */
    private record Spelling(String name, String written, String value) {

        @Override
        public String toString() {
            return name + " = " + SecretNames.quoted(name, written);
        }
    }
}
