// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import io.flafka.check.agent.Setting;
import io.flafka.config.Problems;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The properties of this plugin's components: what the components themselves refuse or warn about. */
final class PropertiesRule implements Rule {

    @Override
    public Stream<Finding> check(Agent agent) {
        return agent.components().stream()
                .flatMap(component -> KafkaComponent.of(component).stream()
                        .flatMap(ours -> findings(component, ours.problems(component))));
    }

    private static Stream<Finding> findings(Component component, Problems problems) {
        return Stream.concat(
                problems.errors().stream()
                        .filter(error -> !isAboutLaterValue(component, error))
                        .map(error -> Finding.error(lineOf(component, error), withName(component, error))),
                problems.warnings().stream()
                        .map(warning -> Finding.warning(lineOf(component, warning), withName(component, warning))));
    }

    /** A value with a variable that only the agent knows cannot be checked here. */
    private static boolean isAboutLaterValue(Component component, String message) {
        return property(component, message)
                .map(component.settings()::get)
                .filter(Setting::isKnownLater)
                .isPresent();
    }

    private static int lineOf(Component component, String message) {
        return component.lineOf(property(component, message).orElse("type"));
    }

    /** Returns the message with the property's full name, or else with the component's. */
    private static String withName(Component component, String message) {
        boolean isAboutProperty = property(component, message).isPresent() || message.contains(" is missing");
        return component.prefix().substring(0, component.prefix().length() - 1)
                + (isAboutProperty ? "." : ": ")
                + message;
    }

    /** Messages begin with the name of a property, unless they are about a class. */
    private static Optional<String> property(Component component, String message) {
        return component.settings().keySet().stream()
                .filter(name -> message.startsWith(name)
                        && (message.length() == name.length() || !isOfName(message.charAt(name.length()))))
                .max(Comparator.comparing(String::length));
    }

    private static boolean isOfName(char next) {
        return Character.isLetterOrDigit(next) || next == '.' || next == '_' || next == '-';
    }
}
