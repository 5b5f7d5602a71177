// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

/** What a component does when another process has taken over one of its transactional ids. */
public enum Fencing {
    /** Writes nothing more until it starts again: without offsets in its transactions nothing else keeps the two from writing the same events. */
    STOPS(
            "This component writes nothing more until it is restarted: stop one of the two agents, or give it an id of its own"),
    /** Takes the id back: the offsets in its transactions are refused if the other process has the partitions. */
    RETRIES(
            "Its transaction is aborted, and no event is written twice; retrying. If this comes again and again, give one of the"
                    + " two agents an id of its own");

    private final String consequence;

    Fencing(String consequence) {
        this.consequence = consequence;
    }

    /** Returns what happens next, as the last part of a message. */
    String consequence() {
        return consequence;
    }
}
