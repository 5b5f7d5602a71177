// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.Set;

/** The order in which sinks get events: the property {@code ordering}. */
public enum TakeOrdering {

    /** A partition's events are in at most one open transaction, so that any rollback keeps their order. */
    PARTITION {
        @Override
        boolean allows(Set<OpenTake> holders, OpenTake take) {
            return holders.isEmpty() || holders.contains(take);
        }

        @Override
        int maxRunLength(OpenTake take) {
            return Integer.MAX_VALUE;
        }
    },

    /** Any sink takes from any partition. A stalled sink holds back only the records it has got; a rollback changes the order. */
    NONE {
        @Override
        boolean allows(Set<OpenTake> holders, OpenTake take) {
            return true;
        }

        /** Grows with the transaction: it holds back at most as many records as it has taken, and still needs the lock seldom. */
        @Override
        int maxRunLength(OpenTake take) {
            return Math.min(Math.max(1, take.count()), MAX_SHARED_RUN_LENGTH);
        }
    };

    private static final int MAX_SHARED_RUN_LENGTH = 256;

    /** Returns true if a transaction may take from a partition that these transactions hold. */
    abstract boolean allows(Set<OpenTake> holders, OpenTake take);

    /** Returns the most records that a transaction gets in one run. */
    abstract int maxRunLength(OpenTake take);
}
