// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.channel.transaction.ChannelFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Between the threads that read Kafka and the threads of the sinks: who takes from which partition. Readers see it through their
 * {@link AssignedQueues}.
 *
 * <p>Thread-safe. A record costs no lock: a transaction claims a run of records at a time.
 */
public final class TakeBuffer {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TakeOrdering ordering;
    private final ReadAheadLimits readAhead;

    private final PartitionChoice order = new PartitionChoice();

    /** Why a reader cannot read, while it cannot. */
    private final Map<AssignedQueues, String> troubles = new LinkedHashMap<>();

    /**
     * What a transaction has ended with.
     *
     * @param revoked how many of its events came from partitions that belong to another member by now
     * @param readers those that have its offsets to commit
     */
    public record Completed(int revoked, Set<AssignedQueues> readers) {}

    public TakeBuffer(TakeOrdering ordering, ReadAheadLimits readAhead) {
        this.ordering = ordering;
        this.readAhead = readAhead;
    }

    /** For a new reader, which the action wakes from its poll. */
    public AssignedQueues newReader(Runnable wake) {
        return new AssignedQueues(this, ordering, readAhead, wake);
    }

    /**
     * Gets a transaction its next run of records; false if none came in time.
     *
     * @throws ChannelFailure if the transaction has nothing yet, and gets nothing because Kafka cannot be read
     */
    public boolean refill(OpenTake claim, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        lock.lockInterruptibly();
        try {
            PartitionQueue queue = order.next(claim);
            while (queue == null && troubles.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !changed.await(left, TimeUnit.NANOSECONDS)) {
                    return false;
                }
                queue = order.next(claim);
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

    private void claimFrom(PartitionQueue queue, OpenTake claim) {
        order.claim(queue, claim);
        claim.add(queue.takeFor(claim));
        queue.reader().taken(queue);
    }

    /** The last record of the transaction is bad and goes back; its partition is stopped there. True if that is news. */
    boolean stopAt(OpenTake claim, ConsumerRecord<byte[], byte[]> record) {
        return locked(() -> {
            claim.stepBack();
            return claim.lastQueue().badRecords().stopAt(record);
        });
    }

    /**
     * Ends the claim of a transaction that has met a bad record before any event: what it has taken was passed over, which is done. True if it can take
     * from a partition that is not stopped.
     */
    boolean setAside(OpenTake claim) {
        return locked(() -> {
            claim.runs().forEach(run -> run.queue().complete(run));
            release(claim);
            return order.offersMore(claim);
        });
    }

    /** The last record of the transaction is bad and was disposed of: as long as it is kept here, that need not happen again. */
    void passOver(OpenTake claim, ConsumerRecord<byte[], byte[]> record) {
        locked(() -> {
            claim.lastQueue().badRecords().passOver(record);
            return true;
        });
    }

    /** Whether the last record of the transaction was disposed of before, and came back with a rollback. */
    boolean isPassedOver(OpenTake claim, ConsumerRecord<byte[], byte[]> record) {
        return locked(() -> claim.lastQueue().badRecords().isPassedOver(record));
    }

    /** Undoes all takes of a transaction; what a revoked partition gave is read again by its new owner. */
    public void giveBackAll(OpenTake claim) {
        locked(() -> {
            giveBack(claim);
            return true;
        });
    }

    /** What was taken comes next, in the same order; runs that nothing was taken from have no claim to that. */
    private void giveBack(OpenTake claim) {
        long place = order.placesFor(claim.runs().size());
        for (RecordRun run : claim.runs()) {
            run.queue().giveBack(run, run.taken() > 0 ? place : run.place());
            place++;
        }
        release(claim);
    }

    /** The transaction is done with what it took: from now on that may be committed. */
    public Completed complete(OpenTake claim) {
        return locked(() -> {
            int revoked = 0;
            Set<AssignedQueues> readers = new HashSet<>();
            for (RecordRun run : claim.runs()) {
                int events = run.queue().complete(run);
                if (run.queue().isRevoked()) {
                    revoked += events;
                } else {
                    readers.add(run.queue().reader());
                }
            }
            release(claim);
            return new Completed(revoked, readers);
        });
    }

    private static void release(OpenTake claim) {
        claim.runs().forEach(run -> run.queue().release(claim));
        claim.clear();
    }

    /** For a reader, with the lock: sinks may take from this queue. */
    void join(PartitionQueue queue) {
        order.join(queue);
    }

    /** For a reader, with the lock: nothing is to be had from this queue any more. */
    void leave(PartitionQueue queue) {
        order.leave(queue);
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
