// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import java.util.stream.Stream;

/** Finds one kind of mistake in an agent. Stateless. */
@FunctionalInterface
public interface Rule {

    /** Returns what is wrong with the agent, or nothing. */
    Stream<Finding> check(Agent agent);
}
