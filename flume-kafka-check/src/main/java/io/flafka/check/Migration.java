// SPDX-License-Identifier: Apache-2.0
package io.flafka.check;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import io.flafka.check.agent.Setting;
import io.flafka.check.rule.KafkaComponent;
import io.flafka.config.FormerName;
import io.flafka.config.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes an agent file with the current names, values and types of this plugin's components. Every other character of the file stays, line ends included.
 *
 * <p>A former name stays if the property is there under another name too: the two may disagree, which only the operator can decide. For one thread.
 */
final class Migration {

    /** A line with a name, a separator, a value, and its end. Names of components and properties have no escapes. */
    private static final Pattern LINE = Pattern.compile("(\\s*)([^\\s=:]+)(\\s*[=:]\\s*|\\s+)([^\\r\\n]*)([\\r\\n]*)");
    /** After the end of each line. */
    private static final Pattern LINE_END = Pattern.compile("(?<=\\n)|(?<=\\r)(?!\\n)");

    private final List<String> lines;

    private Migration(List<String> lines) {
        this.lines = new ArrayList<>(lines);
    }

    /** Returns the text of a file after the migration of some of its agents. */
    static String of(String text, List<Agent> agents) {
        Migration migration = new Migration(List.of(LINE_END.split(text, -1)));
        for (Agent agent : agents) {
            for (Component component : agent.components()) {
                KafkaComponent.of(component).ifPresent(ours -> migration.migrate(component, ours));
            }
        }
        return String.join("", migration.lines);
    }

    private void migrate(Component component, KafkaComponent ours) {
        if (component.type().equals(ours.flumeType())) {
            replace(component, "type", "type", ours.type());
        }
        component
                .settings()
                .forEach((name, setting) -> ours.properties().properties().forEach(property -> {
                    if (property.name().equals(name)) {
                        replace(component, name, name, currentValue(property, setting));
                    } else if (isOnlyNameOf(property, name, component)) {
                        property.formerNames().stream()
                                .filter(former -> former.name().equals(name))
                                .findFirst()
                                .flatMap(former -> valueUnderCurrentName(former, property, setting))
                                .ifPresent(value -> replace(component, name, property.name(), value));
                    }
                }));
    }

    /** Returns whether the component has the property under no other name. */
    private static boolean isOnlyNameOf(Property<?> property, String name, Component component) {
        return Stream.concat(
                        Stream.of(property.name()),
                        property.formerNames().stream().map(FormerName::name))
                .noneMatch(other -> !other.equals(name) && component.settings().containsKey(other));
    }

    private static Optional<String> valueUnderCurrentName(FormerName former, Property<?> property, Setting setting) {
        return former.isTranslated() ? former.translate(setting.value()) : Optional.of(currentValue(property, setting));
    }

    private static String currentValue(Property<?> property, Setting setting) {
        Map<String, String> values = property.formerValues();
        return values.getOrDefault(setting.value().toLowerCase(Locale.ROOT), setting.value());
    }

    /** Replaces name and value in the setting's line. The value's own characters stay if it does not change. */
    private void replace(Component component, String name, String newName, String newValue) {
        Setting setting = component.settings().get(name);
        if (setting == null) {
            return;
        }
        Matcher line = LINE.matcher(lines.get(setting.line() - 1));
        if (line.matches() && line.group(2).equals(component.prefix() + name)) {
            String value = newValue.equals(setting.value()) ? line.group(4) : newValue;
            lines.set(
                    setting.line() - 1,
                    line.group(1) + component.prefix() + newName + line.group(3) + value + line.group(5));
        }
    }
}
