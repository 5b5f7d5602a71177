// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import io.flafka.channel.model.ExactlyOnceWorld.Agent;

/** What sink, channel and brokers do, as far as exactly once depends on it. A test seeds a fault by overriding one rule. */
class ExactlyOnceRules {

    /** The sink: the offset that its transaction carries is the one after the last record in it. */
    int offsetAfter(int records) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(records);
    }

    /** The sink: the offsets are part of the transaction that has the records. */
    boolean carriesOffsets() {
        return true;
    }

    /** The sink: a transaction is aborted if a partition that it has taken from was revoked. Its member may be in the group, with a new generation. */
    boolean abortsAfterRevocation() {
        return true;
    }

    /** The channel: after a commit with an unknown outcome, the records that were read are dropped, and read again from the committed offset. */
    void settleUnknown(Agent agent) {
        agent.queue = null;
    }

    /** The reader: a partition whose offset is in an open transaction is not read until that has ended. */
    boolean waitsForOpenOffsets() {
        return true;
    }

    /** The group coordinator: offsets of an earlier generation are refused in a transaction, too. */
    boolean checksGeneration() {
        return true;
    }

    /** The transaction coordinator: the start of a producer aborts the transaction of its id, and fences the producer before it. */
    boolean fencesPredecessor() {
        return true;
    }
}
