// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.AgentFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All rules.
 *
 * @param all the rules
 */
public record Rules(List<Rule> all) {

    /**
     * Returns the rules for agents of a Flume home.
     *
     * @param agentClasses the agents' class path
     * @param environment the file {@code flume-env.sh} of the agents
     */
    public static Rules of(ClassLoader agentClasses, Path environment) {
        return new Rules(List.of(
                new StructureRule(),
                new TypeRule(agentClasses),
                new StockJarRule(agentClasses),
                new PropertiesRule(),
                new ConnectionRule(),
                new BatchSizeRule(),
                new TopicRule(),
                new HeapRule(environment)));
    }

    /** Returns everything that is wrong with a file and some of its agents, in the order of the lines. */
    public List<Finding> check(AgentFile file, List<Agent> agents) {
        List<Finding> findings = new ArrayList<>(FileRule.check(file, agents).toList());
        for (Agent agent : agents) {
            List<Finding> ofAgent =
                    all.stream().flatMap(rule -> rule.check(agent)).toList();
            findings.addAll(ofAgent);
            findings.addAll(FlumeVerdict.check(agent, ofAgent).toList());
        }
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Finding::line))
                .toList();
    }
}
