// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.Set;

/** Which order sinks see: the property {@code ordering}. */
public enum TakeOrdering {

    /** A partition's events are in at most one open take transaction, so that its order holds through any rollback. */
    PARTITION {
        @Override
        boolean offers(Set<OpenTake> holders, OpenTake claim) {
            return holders.isEmpty() || holders.contains(claim);
        }

        @Override
        int longestRun(OpenTake claim) {
            return Integer.MAX_VALUE;
        }
    },

    /** Any sink takes from any partition: a stalled one holds back only what it has taken, a rollback changes the order. */
    NONE {
        @Override
        boolean offers(Set<OpenTake> holders, OpenTake claim) {
            return true;
        }

        /** A transaction holds back at most as many records beyond those it has taken, and the lock is still taken seldom. */
        @Override
        int longestRun(OpenTake claim) {
            return Math.min(Math.max(1, claim.count()), LONGEST_SHARED_RUN);
        }
    };

    private static final int LONGEST_SHARED_RUN = 256;

    /** Whether a transaction may take from a partition which these hold. */
    abstract boolean offers(Set<OpenTake> holders, OpenTake claim);

    /** The most records that a transaction gets at a time. */
    abstract int longestRun(OpenTake claim);
}
