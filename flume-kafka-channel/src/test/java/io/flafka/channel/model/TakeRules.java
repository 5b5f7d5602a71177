// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import io.flafka.channel.model.TakeWorld.Commit;
import io.flafka.channel.model.TakeWorld.Partition;
import io.flafka.channel.model.TakeWorld.Queue;

/** What channel and group coordinator do, as far as the promises of the take side depend on it. A test seeds a fault by overriding one rule. */
class TakeRules {

    /** The channel: the offset to commit is the lowest one that is not done. */
    int offsetToCommit(Queue queue) {
        int unfinished = queue.waiting | queue.open;
        return unfinished == 0 ? queue.position : Math.min(queue.position, Integer.numberOfTrailingZeros(unfinished));
    }

    /** The channel: a sink may take from a queue that no other sink holds. */
    boolean allowsTake(Queue queue, int sink) {
        return (queue.claims & ~(1 << sink)) == 0;
    }

    /** The channel: taken records are done after the sink's commit. */
    void complete(Queue queue, int taken) {
        queue.open &= ~taken;
    }

    /** The channel: taken records wait again after the sink's rollback. */
    void rollBack(Queue queue, int taken) {
        queue.open &= ~taken;
        queue.waiting |= taken;
    }

    /** The channel: returns the claims that stay when a queue is dropped. A queue that is opened later must have none of them. */
    int claimsLeftBy(Queue dropped) {
        return 0;
    }

    /** The channel: the answer to a commit counts only for the queue that sent the offset. */
    boolean isAnswerFor(Commit commit, int partition) {
        return commit.isOfQueue[partition];
    }

    /** The channel: a recreated topic is read from its beginning, whatever is committed. */
    int startOf(Partition partition) {
        return partition.committedIncarnation == partition.incarnation ? partition.committed : 0;
    }

    /** The channel: a queue is dropped once its topic was recreated. */
    boolean noticesRecreation(Queue queue, Partition partition) {
        return queue.incarnation != partition.incarnation;
    }

    /** The group coordinator: a commit of an earlier generation is refused. */
    boolean accepts(Commit commit) {
        return !commit.isFromOldGeneration;
    }
}
