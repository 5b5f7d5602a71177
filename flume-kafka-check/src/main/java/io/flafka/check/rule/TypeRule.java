// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import io.flafka.config.NameSuggestions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Misspelt types of this plugin's components, and types of another kind of component.
 *
 * @param agentClasses the agent's class path, which may have a class of that name
 */
record TypeRule(ClassLoader agentClasses) implements Rule {

    private static final NameSuggestions SUGGESTIONS = new NameSuggestions(
            KafkaComponent.allTypes().stream().collect(Collectors.toMap(Function.identity(), Function.identity())),
            List.of(),
            List.of());
    /** Flume has short names for its own components, but none for those of Kafka. */
    private static final Set<String> SHORT_NAMES = Set.of("kafka", "kafkasource", "kafkasink", "kafkachannel");

    @Override
    public Stream<Finding> check(Agent agent) {
        return agent.components().stream()
                .filter(component -> KafkaComponent.of(component).isEmpty())
                .filter(component -> !isThere(component.type()))
                .flatMap(TypeRule::findings);
    }

    private boolean isThere(String type) {
        return !KafkaComponent.allTypes().contains(type)
                && agentClasses.getResource(type.replace('.', '/') + ".class") != null;
    }

    private static Stream<Finding> findings(Component component) {
        String type = component.type();
        String lower = type.toLowerCase(Locale.ROOT);
        String ofThisKind = KafkaComponent.ofKind(component.kind()).type();
        if (KafkaComponent.allTypes().contains(type)) {
            return Stream.of(Finding.error(
                    component,
                    "type",
                    " = " + type + " is not the type of a " + component.kind() + ": write " + ofThisKind));
        }
        if (SHORT_NAMES.contains(lower)) {
            return Stream.of(Finding.error(
                    component, "type", " = " + type + ": Flume does not know this name; write " + ofThisKind));
        }
        Optional<String> meant = lower.contains(".kafka") || isOfThisPlugin(type)
                ? SUGGESTIONS.closestTo(type).map(known -> "did you mean " + known + "?")
                : Optional.empty();
        return meant.or(() -> isOfThisPlugin(type) ? Optional.of("write " + ofThisKind) : Optional.empty()).stream()
                .map(advice ->
                        Finding.error(component, "type", " = " + type + " is not a class of this plugin; " + advice));
    }

    private static boolean isOfThisPlugin(String type) {
        return type.startsWith("io.flafka.");
    }
}
