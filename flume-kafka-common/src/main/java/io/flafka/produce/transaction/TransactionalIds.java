// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import java.util.Locale;

/**
 * Builds the transactional ids of one component: {@code <prefix>-<kind>.<agent>.<component>.<number>}. Each producer of each component of each agent
 * has its own id, and has the same one after a restart. So Kafka aborts the transaction that the last run left open, and fences a process that was
 * replaced. The id starts with the prefix from the agent file, because ACLs can be granted by prefix.
 *
 * <p>Two components never share an id: Flume's names contain no dot and a kind contains no hyphen, so an id can be split from its end.
 *
 * @param prefix the {@code transactional.id} in the agent file
 * @param kind the kind of component
 * @param agent the agent's name
 * @param component the component's name
 */
public record TransactionalIds(String prefix, Kind kind, String agent, String component) {

    /** The kind of component that publishes. */
    public enum Kind {
        SINK,
        CHANNEL,
        /** A source whose offsets are committed in the transactions of its channel. */
        SOURCE;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the id of the producer with a number. */
    public String of(int number) {
        return "%s-%s.%s.%s.%d".formatted(prefix, kind.word(), withoutDots(agent), withoutDots(component), number);
    }

    /** Escapes dots: an agent file cannot have a name with a dot, but a program that embeds Flume can. */
    private static String withoutDots(String name) {
        return name.replace("%", "%25").replace(".", "%2e");
    }
}
