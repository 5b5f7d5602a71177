// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.flafka.channel.transaction.ChannelFailedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds the records between the threads that poll Kafka and the threads of the sinks. It decides which transaction gets records of which partition.
 *
 * <p>Thread-safe. Transactions get records in runs, so a single take needs no lock.
 */
public final class TakeBuffer {

    /** A reader of Kafka, as the take transactions see it. Thread-safe. */
    public interface Reader {

        /** Called after a transaction got records of this partition, so that it may have space for more. The caller holds the buffer's lock. */
        void onTaken(TopicPartition partition);

        /** Requests a commit of the offsets of all records that are done by now. */
        PendingCommit requestCommit();

        /** Returns what sinks need that commit the offsets themselves. */
        SinkCommits sinkCommits();

        /** Called after {@link SinkCommits#requestReadAgain}. */
        void wake();
    }

    /**
     * The result of a transaction's commit.
     *
     * @param revokedEvents the number of its events whose partitions were revoked meanwhile
     * @param readers the readers that have to commit its offsets
     */
    public record Completed(int revokedEvents, Set<Reader> readers) {}

    /**
     * Guards the queues of all readers too, so that a take and a revocation cannot overlap. Read-only calls only lock; a change that can end a wait
     * also calls {@link #signalChange}.
     */
    final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final TakeOrdering ordering;
    private final ReadAheadLimits readAhead;
    private final OffsetCommits commits;

    @GuardedBy("lock")
    private final PartitionChoice choice = new PartitionChoice();

    /** Has no reader for a partition that was revoked. */
    @GuardedBy("lock")
    final Map<PartitionQueue, Reader> readers = new HashMap<>();

    /** The readers that cannot read Kafka, each with the reason. */
    @GuardedBy("lock")
    private final Map<Reader, String> outages = new LinkedHashMap<>();

    /** Creates a buffer whose readers commit the offsets. */
    public TakeBuffer(TakeOrdering ordering, ReadAheadLimits readAhead) {
        this(ordering, readAhead, new OffsetCommits.ByReaders());
    }

    public TakeBuffer(TakeOrdering ordering, ReadAheadLimits readAhead, OffsetCommits commits) {
        this.ordering = ordering;
        this.readAhead = readAhead;
        this.commits = commits;
    }

    /** Returns who commits the offsets of taken events. */
    OffsetCommits commits() {
        return commits;
    }

    /** Returns the limits that each reader applies to its partitions. */
    ReadAheadLimits readAhead() {
        return readAhead;
    }

    /**
     * Gives a transaction its next run of records. Returns false if there were none in time.
     *
     * @throws ChannelFailedException if the transaction has no record yet and gets none because Kafka cannot be read
     */
    public boolean refill(OpenTake take, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        lock.lockInterruptibly();
        try {
            PartitionQueue queue = choice.next(take);
            while (queue == null && outages.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !changed.await(left, TimeUnit.NANOSECONDS)) {
                    return false;
                }
                queue = choice.next(take);
            }
            if (queue != null) {
                takeFrom(queue, take);
                return true;
            }
            if (take.count() > 0) {
                return false;
            }
            throw new ChannelFailedException(outages.values().iterator().next());
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void takeFrom(PartitionQueue queue, OpenTake take) {
        choice.chosen(queue, take);
        take.add(queue.takeFor(take));
        Reader reader = readers.get(queue);
        if (reader != null) {
            reader.onTaken(queue.partition());
        }
    }

    /** Puts the transaction's last record, a bad one, back and stops its partition there. Returns false if it was stopped there before. */
    boolean stopAt(OpenTake take, ConsumerRecord<byte[], byte[]> record) {
        lock.lock();
        try {
            take.undoLast();
            return take.lastQueue().badRecords().stopAt(record);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Releases the partitions of a transaction that has met a bad record before its first event. All records that it took before were skipped, so
     * they are done. Returns true if a partition that is not stopped has records for it.
     */
    boolean leaveStopped(OpenTake take) {
        lock.lock();
        try {
            take.runs().forEach(run -> run.queue().complete(run));
            release(take);
            signalChange();
            return choice.hasMore(take);
        } finally {
            lock.unlock();
        }
    }

    /** Remembers that the transaction's last record, a bad one, was skipped, so that it is not disposed of again after a rollback. */
    void markSkipped(OpenTake take, ConsumerRecord<byte[], byte[]> record) {
        lock.lock();
        try {
            take.lastQueue().badRecords().skip(record);
        } finally {
            lock.unlock();
        }
    }

    /** Returns true if the transaction's last record was skipped before, and a rollback has brought it back. */
    boolean isSkipped(OpenTake take, ConsumerRecord<byte[], byte[]> record) {
        lock.lock();
        try {
            return take.lastQueue().badRecords().isSkipped(record);
        } finally {
            lock.unlock();
        }
    }

    /** Undoes all takes of a transaction. Records of a revoked partition do not come back: its new owner reads them. */
    public void rollBack(OpenTake take) {
        lock.lock();
        try {
            long order = choice.retryOrders(take.runs().size());
            for (RecordRun run : take.runs()) {
                // A run without takes has no right to come first.
                run.queue().rollBack(run, run.taken() > 0 ? order : run.retryOrder());
                order++;
            }
            release(take);
            signalChange();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the reader of a partition; empty if it was revoked. */
    @GuardedBy("lock")
    Optional<Reader> readerOf(PartitionQueue queue) {
        return Optional.ofNullable(readers.get(queue));
    }

    /** Marks all records that a transaction took as done, so that their offsets can be committed. */
    public Completed complete(OpenTake take) {
        lock.lock();
        try {
            int revoked = 0;
            Set<Reader> toCommit = new HashSet<>();
            for (RecordRun run : take.runs()) {
                int events = run.queue().complete(run);
                Reader reader = readers.get(run.queue());
                if (reader == null) {
                    revoked += events;
                } else {
                    toCommit.add(reader);
                }
            }
            release(take);
            signalChange();
            return new Completed(revoked, toCommit);
        } finally {
            lock.unlock();
        }
    }

    /** Lets other transactions take from the partitions of this one. */
    static void release(OpenTake take) {
        take.runs().forEach(run -> run.queue().release(take));
        take.clear();
    }

    /** Creates the queue of a partition that this reader reads from this offset on. */
    @GuardedBy("lock")
    PartitionQueue open(TopicPartition partition, long firstOffset, Reader reader) {
        PartitionQueue queue = new PartitionQueue(partition, ordering, firstOffset);
        readers.put(queue, reader);
        choice.add(queue);
        return queue;
    }

    /** Drops the records of a partition that its reader no longer has. Transactions keep what they took. */
    @GuardedBy("lock")
    void revoke(PartitionQueue queue) {
        queue.revoke();
        readers.remove(queue);
        choice.remove(queue);
    }

    /** Makes each take that finds no record fail with this reason. */
    void reportOutage(Reader reader, String reason) {
        lock.lock();
        try {
            outages.put(reader, reason);
            signalChange();
        } finally {
            lock.unlock();
        }
    }

    /** Lets takes wait for records of this reader again. */
    void endOutage(Reader reader) {
        lock.lock();
        try {
            outages.remove(reader);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Wakes all waiting threads: takes, which wait for records or for an outage, and readers, which wait until transactions release a partition.
     *
     * <p>Call it after each change that adds records, releases a partition or begins an outage. No other change can end a wait. Do not call it after
     * a read-only call: readers make some at every poll, and each signal wakes all idle sinks.
     */
    @GuardedBy("lock")
    void signalChange() {
        changed.signalAll();
    }

    /** Waits for a condition that a signalled change can fulfil. Returns false if it does not hold in time, or if the thread is interrupted. */
    @GuardedBy("lock")
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
}
