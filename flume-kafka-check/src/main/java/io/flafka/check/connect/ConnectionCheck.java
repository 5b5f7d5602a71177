// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.connect;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import io.flafka.check.rule.Finding;
import io.flafka.check.rule.KafkaComponent;
import io.flafka.check.rule.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tries for each of this plugin's components what it needs of Kafka, one step after the other, and says how far it came. Joins no group, and writes nothing.
 * Stateless.
 */
public final class ConnectionCheck {

    private ConnectionCheck() {}

    /**
     * Returns what works and what does not.
     *
     * @param found what is wrong with the agent's properties: a component with errors is not tried
     */
    public static Stream<Finding> check(Agent agent, List<Finding> found) {
        return agent.components().stream()
                .filter(component -> KafkaComponent.of(component).isPresent())
                .flatMap(component -> reasonNotToTry(component, found)
                        .map(reason -> Stream.of(Finding.warning(component, "no connection was tried: " + reason)))
                        .orElseGet(() -> KafkaUse.of(component, agent).stream()
                                .flatMap(use -> new ConnectionAttempt(use).run().stream())));
    }

    private static Optional<String> reasonNotToTry(Component component, List<Finding> found) {
        if (found.stream().anyMatch(finding -> finding.severity() == Severity.ERROR && finding.isAbout(component))) {
            return Optional.of("its properties have errors");
        }
        return component.settings().entrySet().stream()
                .filter(setting -> setting.getValue().isKnownLater())
                .findFirst()
                .map(Map.Entry::getKey)
                .map(
                        property -> property
                                + " has a value that only the agent knows; if it is a variable of the environment, set it here too");
    }
}
