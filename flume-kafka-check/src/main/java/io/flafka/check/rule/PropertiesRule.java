// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import io.flafka.check.agent.Setting;
import io.flafka.config.Problems;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The properties of this plugin's components: what the components themselves refuse or warn about. */
final class PropertiesRule implements Rule {

    /** Messages begin with the name of a property. */
    private static final Pattern PROPERTY = Pattern.compile("[\\w.-]*[\\w-]");
    /** Or with the name of a class, and the property that names it in Kafka's words. */
    private static final Pattern CLASS = Pattern.compile("[\\w.$]+ \\(([\\w.]+)\\) ");
    /** The shared prefix of a client's property may be the one in the file. */
    private static final Pattern CLIENT = Pattern.compile("^kafka\\.(consumer|producer)\\.");

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
        return message.contains("${")
                || property(component, message)
                        .map(component.settings()::get)
                        .filter(Setting::isKnownLater)
                        .isPresent();
    }

    private static int lineOf(Component component, String message) {
        return component.lineOf(property(component, message).orElse("type"));
    }

    /** Returns the message with the full name of its property, or with the component's if it does not begin with a property. */
    private static String withName(Component component, String message) {
        boolean beginsWithProperty =
                PROPERTY.matcher(message).lookingAt() && !CLASS.matcher(message).lookingAt();
        return component.prefix().substring(0, component.prefix().length() - 1)
                + (beginsWithProperty ? "." : ": ")
                + message;
    }

    /** Returns the property of the file that a message is about: the one that it begins with, or the one that names a class. */
    private static Optional<String> property(Component component, String message) {
        Matcher begin = PROPERTY.matcher(message);
        Matcher ofClass = CLASS.matcher(message);
        String name = ofClass.lookingAt() ? ofClass.group(1) : begin.lookingAt() ? begin.group() : "";
        return component.settings().keySet().stream()
                .filter(given -> given.equals(name)
                        || (ofClass.reset().lookingAt() && given.endsWith("." + name))
                        || given.equals(CLIENT.matcher(name).replaceFirst("kafka.client.")))
                .min(Comparator.comparing(given -> given.equals(name) ? 0 : 1));
    }
}
