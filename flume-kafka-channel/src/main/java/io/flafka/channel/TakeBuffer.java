// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Between the threads that read Kafka and the threads of the sinks: who takes from which partition. Readers see it through their
 * {@link AssignedQueues}.
 *
 * <p>Thread-safe. A record costs no lock: a transaction claims a run of records at a time.
 */
final class TakeBuffer {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TakeOrdering ordering;
    private final ReadAhead readAhead;

    /** In the order of the next claim: a partition that was claimed goes to the end. */
    private final Set<PartitionQueue> queues = new LinkedHashSet<>();

    /** Why a reader cannot read, while it cannot. */
    private final Map<AssignedQueues, String> troubles = new LinkedHashMap<>();

    /**
     * What a transaction has ended with.
     *
     * @param revoked how many of its records came from partitions that belong to another member by now
     * @param readers those that have its offsets to commit
     */
    record Completed(int revoked, Set<AssignedQueues> readers) {}

    TakeBuffer(TakeOrdering ordering, ReadAhead readAhead) {
        this.ordering = ordering;
        this.readAhead = readAhead;
    }

    /** For a new reader, which the action wakes from its poll. */
    AssignedQueues newReader(Runnable wake) {
        return new AssignedQueues(this, ordering, readAhead, wake);
    }

    /**
     * Gets a transaction its next run of records; false if none came in time.
     *
     * @throws ChannelFailure if the transaction has nothing yet, and gets nothing because Kafka cannot be read
     */
    boolean refill(Claim claim, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        lock.lockInterruptibly();
        try {
            PartitionQueue queue = queueFor(claim);
            while (queue == null && troubles.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !changed.await(left, TimeUnit.NANOSECONDS)) {
                    return false;
                }
                queue = queueFor(claim);
            }
            if (queue != null) {
                claimFrom(queue, claim);
                return true;
            }
            if (claim.count() > 0) {
                return false;
            }
            throw new ChannelFailure(troubles.values().iterator().next());
        } finally {
            lock.unlock();
        }
    }

    /** One that the transaction holds, else one that is free, and only if there is no other one that begins with a bad record. */
    private @Nullable PartitionQueue queueFor(Claim claim) {
        PartitionQueue best = null;
        for (PartitionQueue queue : queues) {
            if (queue.offersTo(claim) && (best == null || isBetter(queue, best, claim))) {
                best = queue;
            }
        }
        return best;
    }

    private static boolean isBetter(PartitionQueue queue, PartitionQueue best, Claim claim) {
        return queue.isBlocked() == best.isBlocked()
                ? queue.isHeldBy(claim) && !best.isHeldBy(claim)
                : best.isBlocked();
    }

    private void claimFrom(PartitionQueue queue, Claim claim) {
        if (!queue.isHeldBy(claim)) {
            queues.remove(queue);
            queues.add(queue);
        }
        claim.add(queue.takeFor(claim));
        queue.reader().taken(queue);
    }

    /** The last record of the transaction goes back: it is no event, and blocks its partition. True if that is news. */
    boolean giveBackMalformed(Claim claim) {
        return locked(() -> {
            claim.stepBack();
            return claim.lastQueue().block();
        });
    }

    /** Undoes all takes of a transaction; what a revoked partition gave is read again by its new owner. */
    void giveBackAll(Claim claim) {
        locked(() -> {
            claim.runs().forEach(run -> run.queue().giveBack(run));
            release(claim);
            return true;
        });
    }

    /** The transaction is done with what it took: from now on that may be committed. */
    Completed complete(Claim claim) {
        return locked(() -> {
            int revoked = 0;
            Set<AssignedQueues> readers = new HashSet<>();
            for (RecordRun run : claim.runs()) {
                run.queue().complete(run);
                if (run.queue().isRevoked()) {
                    revoked += run.taken();
                } else {
                    readers.add(run.queue().reader());
                }
            }
            release(claim);
            return new Completed(revoked, readers);
        });
    }

    private static void release(Claim claim) {
        claim.runs().forEach(run -> run.queue().release(claim));
        claim.clear();
    }

    /** For a reader, with the lock: sinks may take from this queue. */
    void join(PartitionQueue queue) {
        queues.add(queue);
    }

    /** For a reader, with the lock: nothing is to be had from this queue any more. */
    void leave(PartitionQueue queue) {
        queues.remove(queue);
    }

    /** For a reader, with the lock: it cannot read at the moment, which a take that finds nothing is told. */
    void troubled(AssignedQueues reader, String reason) {
        troubles.put(reader, reason);
    }

    /** For a reader, with the lock: it reads. */
    void recovered(AssignedQueues reader) {
        troubles.remove(reader);
    }

    /** For a reader, with the lock: waits until this is so; false if it is not in time, or the thread was interrupted. */
    boolean await(BooleanSupplier condition, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !changed.await(left, TimeUnit.NANOSECONDS)) {
                    return condition.getAsBoolean();
                }
            }
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** With the lock, after which whoever waits looks again. */
    <T> T locked(Supplier<T> change) {
        lock.lock();
        try {
            T result = change.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }
}
