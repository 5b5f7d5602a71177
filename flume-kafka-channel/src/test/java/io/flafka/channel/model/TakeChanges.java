// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static io.flafka.channel.model.TakeWorld.NOBODY;

import io.flafka.channel.model.TakeWorld.Commit;
import io.flafka.channel.model.TakeWorld.Member;
import io.flafka.channel.model.TakeWorld.Partition;
import io.flafka.channel.model.TakeWorld.Queue;
import io.flafka.channel.model.TakeWorld.Sink;

/** Changes a world as one step of the {@link TakeModel} does. */
final class TakeChanges {

    private final TakeWorld world;
    private final TakeRules rules;

    TakeChanges(TakeWorld world, TakeRules rules) {
        this.world = world;
        this.rules = rules;
    }

    void countFault() {
        world.faultsLeft--;
    }

    // Offset commits

    void sendCommit(int m) {
        Member member = world.members[m];
        Commit commit = new Commit(world.partitions.length);
        for (int p = 0; p < world.partitions.length; p++) {
            Queue queue = member.queues[p];
            if (queue != null && rules.offsetToCommit(queue) > queue.confirmed) {
                commit.offsets[p] = rules.offsetToCommit(queue);
                commit.incarnations[p] = queue.incarnation;
                commit.isOfQueue[p] = true;
            }
        }
        commit.isFromOldGeneration = member.isExpelled;
        member.commit = commit;
    }

    void receiveCommit(int m) {
        Commit commit = world.members[m].commit;
        if (!rules.accepts(commit)) {
            world.members[m].commit = null;
            return;
        }
        commit.isAccepted = true;
        for (int p = 0; p < world.partitions.length; p++) {
            if (commit.offsets[p] > 0) {
                store(world.partitions[p], commit.offsets[p], commit.incarnations[p]);
            }
        }
    }

    private void store(Partition partition, int offset, int incarnation) {
        if (incarnation < partition.committedIncarnation
                || (incarnation == partition.committedIncarnation && offset < partition.committed)) {
            world.broken = "the group's offset goes back";
        }
        partition.committed = offset;
        partition.committedIncarnation = incarnation;
    }

    void answerCommit(int m) {
        Member member = world.members[m];
        Commit commit = member.commit;
        for (int p = 0; p < world.partitions.length; p++) {
            Queue queue = member.queues[p];
            if (queue != null && commit.offsets[p] > 0 && rules.isAnswerFor(commit, p)) {
                queue.confirmed = commit.offsets[p];
            }
        }
        member.commit = null;
    }

    void dropCommit(int m) {
        world.members[m].commit = null;
    }

    // The group

    void assign(int m, int p) {
        world.partitions[p].owner = m;
    }

    void beginMove(int p) {
        world.partitions[p].isMoving = true;
        Queue queue = world.members[world.partitions[p].owner].queues[p];
        if (queue != null) {
            queue.isClosed = true;
        }
    }

    void give(int m, int p, boolean isCommitted) {
        Partition partition = world.partitions[p];
        Queue queue = world.members[m].queues[p];
        if (queue != null && isCommitted && rules.offsetToCommit(queue) > queue.confirmed) {
            store(partition, rules.offsetToCommit(queue), queue.incarnation);
        }
        drop(m, p);
        release(p);
        beginGeneration();
    }

    void expel(int m) {
        world.members[m].isExpelled = true;
        releaseAllOf(m);
    }

    void noticeExpulsion(int m) {
        for (int p = 0; p < world.partitions.length; p++) {
            drop(m, p);
        }
        world.members[m].isExpelled = false;
    }

    void kill(int m) {
        world.members[m] = new Member(world.bounds);
        world.members[m].isAlive = false;
        releaseAllOf(m);
    }

    void start(int m) {
        world.members[m].isAlive = true;
    }

    private void releaseAllOf(int m) {
        for (int p = 0; p < world.partitions.length; p++) {
            if (world.partitions[p].owner == m) {
                release(p);
            }
        }
        beginGeneration();
    }

    private void release(int p) {
        world.partitions[p].owner = NOBODY;
        world.partitions[p].isMoving = false;
    }

    private void beginGeneration() {
        for (Member member : world.members) {
            if (member.commit != null) {
                member.commit.isFromOldGeneration = true;
            }
        }
    }

    // Reading, and the topic

    void poll(int m, int p) {
        Member member = world.members[m];
        Partition partition = world.partitions[p];
        Queue queue = member.queues[p];
        if (queue != null && rules.noticesRecreation(queue, partition)) {
            drop(m, p);
            queue = open(m, p, 0);
        } else if (queue == null) {
            queue = open(m, p, rules.startOf(partition));
        }
        if (queue.position < world.bounds.records()) {
            queue.waiting |= 1 << queue.position;
            queue.position++;
        }
    }

    private Queue open(int m, int p, int offset) {
        Member member = world.members[m];
        Queue queue = new Queue();
        queue.incarnation = world.partitions[p].incarnation;
        queue.position = offset;
        queue.confirmed = offset;
        queue.claims = member.leftClaims[p];
        member.queues[p] = queue;
        return queue;
    }

    private void drop(int m, int p) {
        Member member = world.members[m];
        Queue queue = member.queues[p];
        if (queue == null) {
            return;
        }
        member.leftClaims[p] = rules.claimsLeftBy(queue);
        for (Sink sink : member.sinks) {
            sink.orphaned[p] |= queue.incarnation == world.partitions[p].incarnation ? sink.taken[p] : 0;
            sink.taken[p] = 0;
        }
        if (member.commit != null) {
            member.commit.isOfQueue[p] = false;
        }
        member.queues[p] = null;
    }

    /** The records of before are gone. What sinks do with them later changes nothing here. */
    void recreate(int p) {
        world.partitions[p].incarnation = 1;
        world.partitions[p].delivered = 0;
        for (Member member : world.members) {
            for (Sink sink : member.sinks) {
                sink.orphaned[p] = 0;
            }
        }
    }

    // Sinks

    void take(int m, int s, int p) {
        Queue queue = world.members[m].queues[p];
        int record = Integer.lowestOneBit(queue.waiting);
        queue.waiting &= ~record;
        queue.open |= record;
        queue.claims |= 1 << s;
        world.members[m].sinks[s].taken[p] |= record;
    }

    void complete(int m, int s) {
        for (int p = 0; p < world.partitions.length; p++) {
            Sink sink = world.members[m].sinks[s];
            Queue queue = world.members[m].queues[p];
            Partition partition = world.partitions[p];
            partition.delivered |= sink.orphaned[p];
            sink.orphaned[p] = 0;
            if (queue != null && sink.taken[p] != 0) {
                partition.delivered |= queue.incarnation == partition.incarnation ? sink.taken[p] : 0;
                rules.complete(queue, sink.taken[p]);
                release(sink, s, queue, p);
            }
        }
    }

    void rollBack(int m, int s) {
        for (int p = 0; p < world.partitions.length; p++) {
            Sink sink = world.members[m].sinks[s];
            Queue queue = world.members[m].queues[p];
            sink.orphaned[p] = 0;
            if (queue != null && sink.taken[p] != 0) {
                rules.rollBack(queue, sink.taken[p]);
                release(sink, s, queue, p);
            }
        }
    }

    private static void release(Sink sink, int s, Queue queue, int p) {
        sink.taken[p] = 0;
        queue.claims &= ~(1 << s);
    }
}
