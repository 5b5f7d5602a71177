// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static io.flafka.channel.model.TakeBounds.MEMBERS;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the {@link TakeModel} knows at one moment: Kafka's side, each member's memory, and what was delivered. Sets of records are bits, one
 * for each offset. Changed only before it is shown.
 */
final class TakeWorld {

    static final int NOBODY = -1;

    /** A partition, as the brokers and the downstream system know it. */
    static final class Partition {
        /** 1 after the topic was deleted and created again. */
        int incarnation;

        int committed;
        int committedIncarnation;
        int owner = NOBODY;
        /** The group has told its owner to give it up. */
        boolean isMoving;
        /** Of this incarnation. */
        int delivered;
    }

    /** A queue of one member: the records of one partition that it has read and that are not done. */
    static final class Queue {
        int incarnation;
        int position;
        int confirmed;
        int waiting;
        int open;
        /** The sinks that hold records of it. */
        int claims;

        boolean isClosed;
    }

    /** A sink's open transaction. */
    static final class Sink {
        /** By partition, the records it has taken from the queue of now. */
        final int[] taken;
        /** By partition, the records it has taken from a queue that was dropped meanwhile. */
        final int[] orphaned;

        Sink(int partitions) {
            taken = new int[partitions];
            orphaned = new int[partitions];
        }

        boolean isEmpty() {
            return Arrays.stream(taken).allMatch(set -> set == 0)
                    && Arrays.stream(orphaned).allMatch(set -> set == 0);
        }
    }

    /** An offset commit on its way. One that was refused, or whose answer changes nothing any more, is forgotten. */
    static final class Commit {
        /** By partition; 0 if the commit has no offset of it. */
        final int[] offsets;

        final int[] incarnations;
        /** Whether the queue that sent the offset still exists. */
        final boolean[] isOfQueue;

        boolean isFromOldGeneration;

        /** Kafka has accepted it, and the answer is on its way. */
        boolean isAccepted;

        Commit(int partitions) {
            offsets = new int[partitions];
            incarnations = new int[partitions];
            isOfQueue = new boolean[partitions];
        }
    }

    /** An agent, which is a member of the consumer group. */
    static final class Member {
        boolean isAlive = true;
        /** The group has removed it, and it has not noticed. */
        boolean isExpelled;

        final @Nullable Queue[] queues;
        /** By partition, claims that were not released when a queue was dropped. Always 0, unless a fault is seeded. */
        final int[] leftClaims;

        final Sink[] sinks;

        @Nullable
        Commit commit;

        Member(TakeBounds bounds) {
            queues = new @Nullable Queue[bounds.partitions()];
            leftClaims = new int[bounds.partitions()];
            sinks = Stream.generate(() -> new Sink(bounds.partitions()))
                    .limit(bounds.sinks())
                    .toArray(Sink[]::new);
        }
    }

    final TakeBounds bounds;
    final Partition[] partitions;
    final Member[] members;
    int faultsLeft;
    String broken = "";

    TakeWorld(TakeBounds bounds) {
        this.bounds = bounds;
        this.faultsLeft = bounds.faults();
        this.partitions =
                Stream.generate(Partition::new).limit(bounds.partitions()).toArray(Partition[]::new);
        this.members = Stream.generate(() -> new Member(bounds)).limit(MEMBERS).toArray(Member[]::new);
    }

    TakeWorld copy() {
        TakeWorld copy = new TakeWorld(bounds);
        copy.faultsLeft = faultsLeft;
        copy.broken = broken;
        for (int p = 0; p < partitions.length; p++) {
            copyTo(copy.partitions[p], partitions[p]);
        }
        for (int m = 0; m < members.length; m++) {
            copyTo(copy.members[m], members[m]);
        }
        return copy;
    }

    private static void copyTo(Partition copy, Partition from) {
        copy.incarnation = from.incarnation;
        copy.committed = from.committed;
        copy.committedIncarnation = from.committedIncarnation;
        copy.owner = from.owner;
        copy.isMoving = from.isMoving;
        copy.delivered = from.delivered;
    }

    private static void copyTo(Member copy, Member from) {
        copy.isAlive = from.isAlive;
        copy.isExpelled = from.isExpelled;
        copy.commit = from.commit == null ? null : copyOf(from.commit);
        for (int p = 0; p < from.queues.length; p++) {
            Queue queue = from.queues[p];
            copy.queues[p] = queue == null ? null : copyOf(queue);
            copy.leftClaims[p] = from.leftClaims[p];
            for (int s = 0; s < from.sinks.length; s++) {
                copy.sinks[s].taken[p] = from.sinks[s].taken[p];
                copy.sinks[s].orphaned[p] = from.sinks[s].orphaned[p];
            }
        }
    }

    private static Queue copyOf(Queue from) {
        Queue copy = new Queue();
        copy.incarnation = from.incarnation;
        copy.position = from.position;
        copy.confirmed = from.confirmed;
        copy.waiting = from.waiting;
        copy.open = from.open;
        copy.claims = from.claims;
        copy.isClosed = from.isClosed;
        return copy;
    }

    private static Commit copyOf(Commit from) {
        Commit copy = new Commit(from.offsets.length);
        copy.isFromOldGeneration = from.isFromOldGeneration;
        copy.isAccepted = from.isAccepted;
        for (int p = 0; p < from.offsets.length; p++) {
            copy.offsets[p] = from.offsets[p];
            copy.incarnations[p] = from.incarnations[p];
            copy.isOfQueue[p] = from.isOfQueue[p];
        }
        return copy;
    }
}
