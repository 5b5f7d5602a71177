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

/** Reads the parameters of one component once: replaces former names and values by the current ones, and collects the problems. For one thread. */
final class PropertyReader {

    private static final Pattern ASSIGNMENT = Pattern.compile("(?:^|[\\s,])([A-Za-z][\\w.-]*)\\s*=");

    private final PropertySet set;
    private final NameSuggestions suggestions;
    private final Problems problems;
    private final Map<String, String> given = new LinkedHashMap<>();
    private final Map<String, String> accepted = new LinkedHashMap<>();
    private final Set<String> declaredNames = new HashSet<>();
    private final Set<String> givenProperties = new HashSet<>();

    PropertyReader(PropertySet set, Map<String, String> parameters, Problems problems) {
        this.set = set;
        this.suggestions = set.suggestions();
        this.problems = problems;
        parameters.forEach((name, value) -> {
            // Flume drops empty values of an agent file, but a program that configures a component may pass them.
            if (value != null && !value.isBlank()) {
                given.put(name.trim(), value.trim());
            }
        });
    }

    PropertyValues read() {
        set.properties().forEach(this::readDeclared);
        given.forEach((name, value) -> {
            if (!declaredNames.contains(name) && !set.isReadByFlume(name)) {
                readOther(name, value);
            }
            if (!set.isReadByFlume(name)) {
                suspectAnotherLineIn(name, value);
            }
        });
        return new PropertyValues(set, accepted, givenProperties, problems);
    }

    private void readDeclared(Property<?> property) {
        declaredNames.add(property.name());
        @Nullable Setting chosen = given.containsKey(property.name()) ? setting(property, property.name()) : null;
        for (FormerName former : property.formerNames()) {
            declaredNames.add(former.name());
            String text = given.get(former.name());
            if (text != null) {
                givenProperties.add(property.name());
                chosen = mergeFormer(property, chosen, former, text);
            }
        }
        if (chosen != null) {
            givenProperties.add(property.name());
            accept(property, chosen);
        }
    }

    private Setting setting(Property<?> property, String name) {
        String text = Objects.requireNonNull(given.get(name));
        return new Setting(name, text, currentValue(property, name, text));
    }

    private @Nullable Setting mergeFormer(
            Property<?> property, @Nullable Setting chosen, FormerName former, String text) {
        Optional<String> translated = former.translate(text);
        if (translated.isEmpty()) {
            problems.invalid(former.name(), text, former.allowed() + "; use " + property.name() + " instead");
            return chosen;
        }
        if (chosen != null && former.isTranslated()) {
            problems.warn(former.name() + " has no effect because " + chosen.name() + " is set: remove it");
            return chosen;
        }
        Setting old = new Setting(former.name(), text, currentValue(property, former.name(), translated.get()));
        if (chosen != null && !isSameValue(property, chosen.value(), old.value())) {
            problems.error(chosen + " and " + old + " disagree: keep one of them, as " + property.name());
            return chosen;
        }
        problems.warn(former.name() + " is a former name: write " + property.name()
                + (former.isTranslated() ? " = " + old.value() : ""));
        return chosen == null ? old : chosen;
    }

    /** Replaces a former value by the current one, with a warning. */
    private String currentValue(Property<?> property, String name, String text) {
        String value = property.formerValues().get(text.toLowerCase(Locale.ROOT));
        if (value == null) {
            return text;
        }
        problems.warn(name + " = " + LogSafeText.quoted(text) + " is a former value: write " + property.name() + " = "
                + value);
        return value;
    }

    private static boolean isSameValue(Property<?> property, String one, String other) {
        return one.equals(other)
                || (property.parse(one).isPresent() && property.parse(one).equals(property.parse(other)));
    }

    private void accept(Property<?> property, Setting setting) {
        if (property.parse(setting.value()).isPresent()) {
            accepted.put(property.name(), setting.value());
            property.warningAbout(setting.value())
                    .ifPresent(warning -> problems.warn(setting + " is accepted, but " + warning));
            problems.suspectComment(setting.name(), setting.written());
        } else {
            problems.invalid(
                    setting.name(),
                    setting.written(),
                    property.allowed(),
                    setting.value().equals(setting.written())
                            ? property.rejectedPart(setting.value())
                            : setting.written());
        }
    }

    private void readOther(String name, String value) {
        Optional<ObsoleteName> obsolete = set.findObsolete(name);
        Optional<PropertyPrefix> prefix = set.prefixOf(name);
        if (obsolete.isPresent()) {
            problems.warn(name + " has no effect: " + obsolete.get().explanation());
        } else if (prefix.isPresent()) {
            prefix.get().check(name.substring(prefix.get().prefix().length()), value, suggestions, problems);
            accepted.put(name, value);
        } else {
            problems.suspect(LogSafeText.value(name) + " is not known and has no effect"
                    + suggestions
                            .closestTo(name)
                            .map(known -> "; did you mean " + known + "?")
                            .orElse(""));
        }
    }

    /** Adds a suspect if a value contains another property: a backslash may have joined two lines, or a line break is missing. */
    private void suspectAnotherLineIn(String name, String value) {
        if (SecretNames.include(name)) {
            // A secret may contain anything, and the message would show it.
            return;
        }
        Matcher assignment = ASSIGNMENT.matcher(value);
        while (assignment.find()) {
            String written = assignment.group(1);
            set.currentNames().keySet().stream()
                    .filter(known -> written.equals(known) || written.endsWith("." + known))
                    .findFirst()
                    .ifPresent(
                            known -> problems.suspect(
                                    name + " = " + LogSafeText.quoted(value) + " contains " + written
                                            + ": write it on a line of its own; a backslash at the end of a line joins the next line to it"));
        }
    }

    /**
     * One setting in the agent file.
     *
     * @param name the name in the agent file, current or former
     * @param written the value in the agent file
     * @param value the current value that it stands for
     */
    private record Setting(String name, String written, String value) {

        @Override
        public String toString() {
            return name + " = " + SecretNames.quoted(name, written);
        }
    }
}
