// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Type names for which the agent gets the class of Flume's own component, because a jar of it comes first on the agent's class path.
 *
 * @param agentClasses the agent's class path
 */
record StockJarRule(ClassLoader agentClasses) implements Rule {

    @Override
    public Stream<Finding> check(Agent agent) {
        return agent.components().stream()
                .flatMap(component -> KafkaComponent.of(component).stream()
                        .filter(ours -> component.type().equals(ours.flumeType()))
                        .flatMap(ours -> finding(component, ours).stream()));
    }

    private Optional<Finding> finding(Component component, KafkaComponent ours) {
        Optional<String> first = jarOf(component.type());
        return first.equals(jarOf(ours.type()))
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        component,
                        "type",
                        " = " + component.type() + " is Flume's own component"
                                + first.map(jar -> " (" + jar + ")").orElse("")
                                + ", not this plugin's: write type = " + ours.type() + ", or run bin/takeover"));
    }

    private Optional<String> jarOf(String type) {
        return Optional.ofNullable(agentClasses.getResource(type.replace('.', '/') + ".class"))
                .map(URL::getPath)
                .filter(path -> path.contains("!"))
                .map(path -> Path.of(URI.create(path.substring(0, path.indexOf('!'))))
                        .toString());
    }
}
