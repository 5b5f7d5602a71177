// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

/**
 * The transactional ids of one component: {@code <given>-<agent>-<component>-<lane>}. The same after a restart, so that Kafka ends what the last run
 * left open and shuts out a process that was replaced; another one for every agent, component and lane.
 *
 * @param given what the agent file has as {@code transactional.id}
 * @param agent the agent's name
 * @param component the component's name
 */
public record TransactionalIds(String given, String agent, String component) {

    /** The id of a lane. */
    public String of(int lane) {
        return "%s-%s-%s-%d".formatted(given, agent, component, lane);
    }
}
