// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import io.flafka.config.NameSuggestions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Types that look like a component of this plugin, but are none, or are one of another kind.
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
                    component, "type", " = " + type + " is no name that Flume knows: write " + ofThisKind));
        }
        boolean looksLikeOurs = type.startsWith("io.flafka.") || lower.contains(".kafka");
        return looksLikeOurs
                ? SUGGESTIONS.closestTo(type).stream()
                        .map(known -> Finding.error(
                                component,
                                "type",
                                " = " + type + " is not a class of this plugin; did you mean " + known + "?"))
                : Stream.empty();
    }
}
