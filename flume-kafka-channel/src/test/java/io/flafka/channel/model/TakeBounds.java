// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import io.flafka.channel.take.TakeOrdering;

/**
 * The size of the world that the {@link TakeModel} explores. There are always two members.
 *
 * @param partitions the number of partitions of the topic
 * @param records the number of records in each partition
 * @param sinks the number of sinks of each member
 * @param faults how many faults happen at most in one run. Rollbacks and lost answers do not count: there can be any number of them
 */
record TakeBounds(TakeOrdering ordering, int partitions, int records, int sinks, int faults) {

    static final int MEMBERS = 2;

    /** Returns the set of all records of a partition, one bit each. */
    int allRecords() {
        return (1 << records) - 1;
    }
}
