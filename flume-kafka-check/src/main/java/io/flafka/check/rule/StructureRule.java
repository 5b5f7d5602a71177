// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.ComponentKind;
import io.flafka.config.NameSuggestions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The agent's lists and its components: what is named but missing, and what is there but never named. Flume says neither on the screen. */
final class StructureRule implements Rule {

    private static final Map<String, String> SECTIONS = sections();
    private static final NameSuggestions SUGGESTIONS = new NameSuggestions(SECTIONS, List.of(), List.of());

    private static Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        Stream.concat(
                        Arrays.stream(ComponentKind.values()).map(ComponentKind::section),
                        Stream.of("sinkgroups", "configfilters"))
                .forEach(section -> sections.put(section, section));
        return sections;
    }

    @Override
    public Stream<Finding> check(Agent agent) {
        return Stream.of(
                        unknownSections(agent),
                        Arrays.stream(ComponentKind.values()).flatMap(kind -> missing(kind, agent)),
                        Arrays.stream(ComponentKind.values()).flatMap(kind -> unlisted(kind, agent)))
                .flatMap(findings -> findings);
    }

    private static Stream<Finding> unknownSections(Agent agent) {
        Set<String> unknown = agent.settings().keySet().stream()
                .map(property -> property.split("\\.", 2)[0])
                .filter(section -> !SECTIONS.containsKey(section))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return unknown.stream().map(section -> {
            int line = agent.settings().entrySet().stream()
                    .filter(setting -> setting.getKey().split("\\.", 2)[0].equals(section))
                    .findFirst()
                    .orElseThrow()
                    .getValue()
                    .line();
            return Finding.warning(
                    line,
                    agent.name() + "." + section + " is not known to Flume and has no effect"
                            + SUGGESTIONS
                                    .closestTo(section)
                                    .map(known -> "; did you mean " + agent.name() + "." + known + "?")
                                    .orElse(""));
        });
    }

    private static Stream<Finding> missing(ComponentKind kind, Agent agent) {
        return agent.listed(kind).stream()
                .map(name -> agent.component(kind, name))
                .filter(component -> component.type().isEmpty())
                .map(component -> Finding.error(
                        component.settings().isEmpty() ? agent.lineOf(kind.section()) : component.lineOf("type"),
                        component.prefix() + "type is missing: "
                                + (component.settings().isEmpty()
                                        ? "write the properties of the " + kind + ", or remove its name from "
                                                + agent.name() + "." + kind.section()
                                        : "write the type of the " + kind + ", such as "
                                                + KafkaComponent.ofKind(kind).type())));
    }

    private static Stream<Finding> unlisted(ComponentKind kind, Agent agent) {
        String list = agent.name() + "." + kind.section();
        return agent.withProperties(kind).stream()
                .filter(name -> !agent.listed(kind).contains(name))
                .map(name -> agent.component(kind, name))
                .map(component -> Finding.warning(
                        component.lineOf("type"),
                        list + " does not name " + component.name() + ", so Flume does not start this " + kind
                                + ": write "
                                + list + " = "
                                + Stream.concat(agent.listed(kind).stream(), Stream.of(component.name()))
                                        .collect(Collectors.joining(" "))
                                + ", or remove its properties"));
    }
}
