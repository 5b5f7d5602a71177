// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flume.conf.FlumeConfiguration;
import org.apache.flume.conf.FlumeConfiguration.AgentConfiguration;

/** What Flume itself makes of an agent: a component that it would leave out, although no rule has found the reason. Stateless. */
final class FlumeVerdict {

    private FlumeVerdict() {}

    /** Returns an error for each component that Flume would not start, unless an error is known: it may be the reason. */
    static Stream<Finding> check(Agent agent, List<Finding> found) {
        if (agent.isKnownLater() || found.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
            return Stream.empty();
        }
        AgentConfiguration configuration =
                new FlumeConfiguration(withoutFilters(agent)).getConfigurationFor(agent.name());
        if (configuration == null) {
            return Stream.of(Finding.error(
                    agent.firstLine(),
                    "Flume starts nothing of agent " + agent.name()
                            + ": it needs a channel, and a source or a sink that uses it"));
        }
        return agent.components().stream()
                .filter(component -> !started(component, configuration).contains(component.name()))
                .map(component -> Finding.error(
                        component.lineOf("type"),
                        component.prefix() + "type: Flume does not start this " + component.kind()
                                + "; the agent's log says why (lines of FlumeConfiguration)"));
    }

    /** Flume would run the configuration filters, which may start a command or connect to a store of secrets. */
    private static Map<String, String> withoutFilters(Agent agent) {
        Map<String, String> properties = new TreeMap<>();
        agent.settings().forEach((property, setting) -> {
            if (!property.startsWith("configfilters")) {
                properties.put(agent.name() + "." + property, setting.value());
            }
        });
        return properties;
    }

    private static Set<String> started(Component component, AgentConfiguration configuration) {
        return switch (component.kind()) {
            case SOURCE -> configuration.getSourceSet();
            case CHANNEL -> configuration.getChannelSet();
            case SINK -> configuration.getSinkSet();
        };
    }
}
