// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import java.util.Locale;

/**
 * The transactional ids of one component: {@code <given>-<kind>.<agent>.<component>.<lane>}. The same after a restart, so that Kafka ends what the last
 * run left open and shuts out a process that was replaced; another one for every agent, component and lane. It begins with what is given, as rights
 * can be granted by the beginning.
 *
 * <p>No two are the same: Flume's names have no dot, a kind has no hyphen, so that an id can be taken apart from its end.
 *
 * @param given what the agent file has as {@code transactional.id}
 * @param kind what the component is
 * @param agent the agent's name
 * @param component the component's name
 */
public record TransactionalIds(String given, Kind kind, String agent, String component) {

    /** What publishes. */
    public enum Kind {
        /** Batches of a channel. */
        SINK,
        /** What sources put. */
        CHANNEL;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The id of a lane. */
    public String of(int lane) {
        return "%s-%s.%s.%s.%d".formatted(given, kind.word(), withoutDots(agent), withoutDots(component), lane);
    }

    /** An agent file cannot have such a name, but a program that embeds Flume can. */
    private static String withoutDots(String name) {
        return name.replace("%", "%25").replace(".", "%2e");
    }
}
