// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which partition a transaction takes from next. First what a rollback has given back, in the order in which it was taken; then the partition that the
 * transaction holds; then the one whose turn it is. One that is stopped at a bad record comes last.
 *
 * <p>Guarded by the lock of the {@link TakeBuffer}. Guarantee: a partition with records is passed over by transactions at most {@link #ROUNDS} times for
 * each partition that there is, and then comes before all that has waited less, whatever is given back, held or stopped.
 */
final class PartitionChoice {

    /** High enough that a sink which fails for a moment gets the same events again, and that a stopped partition is not tried all the time. */
    static final int ROUNDS = 8;

    private static final class Turn {
        /** The number of the last transaction's claim: the lower, the sooner it is its turn. */
        private long lastClaim;

        private int passedOver;
    }

    private final Map<PartitionQueue, Turn> turns = new LinkedHashMap<>();
    private long claims;
    private long firstPlace = RecordRun.NO_PLACE;

    void join(PartitionQueue queue) {
        turns.put(queue, new Turn());
    }

    void leave(PartitionQueue queue) {
        turns.remove(queue);
    }

    /** The partition that is to be claimed next, if one has something for this transaction. */
    @Nullable
    PartitionQueue next(OpenTake claim) {
        PartitionQueue best = null;
        for (PartitionQueue queue : turns.keySet()) {
            if (queue.offersTo(claim) && (best == null || isBefore(queue, best, claim))) {
                best = queue;
            }
        }
        return best;
    }

    /** Whether a partition that is not stopped has something for this transaction. */
    boolean offersMore(OpenTake claim) {
        return turns.keySet().stream().anyMatch(queue -> queue.offersTo(claim) && !queue.isStopped());
    }

    /** This one is about to be claimed, and others are not. */
    void claim(PartitionQueue claimed, OpenTake claim) {
        Turn own = turns.get(claimed);
        if (own == null || claimed.isHeldBy(claim)) {
            return;
        }
        turns.forEach((queue, turn) -> {
            if (queue.offersTo(claim)) {
                turn.passedOver++;
            }
        });
        own.passedOver = 0;
        own.lastClaim = ++claims;
    }

    /** The first of so many places in a row, which come before all that were given so far: what was rolled back last is taken first. */
    long placesFor(int runs) {
        firstPlace -= runs;
        return firstPlace;
    }

    private boolean isBefore(PartitionQueue queue, PartitionQueue other, OpenTake claim) {
        int waited = waited(queue);
        int otherWaited = waited(other);
        if (waited != otherWaited) {
            return waited > otherWaited;
        }
        if (queue.isStopped() != other.isStopped()) {
            return other.isStopped();
        }
        return rank(queue, claim) < rank(other, claim);
    }

    /** How often it was passed over, once that is too often; until then it does not matter. */
    private int waited(PartitionQueue queue) {
        int passedOver = turn(queue).passedOver;
        return passedOver < ROUNDS * turns.size() ? 0 : passedOver;
    }

    private long rank(PartitionQueue queue, OpenTake claim) {
        long place = queue.place();
        if (place != RecordRun.NO_PLACE) {
            return place;
        }
        return queue.isHeldBy(claim) ? 0 : 1 + turn(queue).lastClaim;
    }

    private Turn turn(PartitionQueue queue) {
        Turn turn = turns.get(queue);
        if (turn == null) {
            throw new IllegalStateException("not joined: " + queue.partition());
        }
        return turn;
    }
}
