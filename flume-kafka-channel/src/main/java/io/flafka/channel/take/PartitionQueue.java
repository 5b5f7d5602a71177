// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Holds the records of one partition from the poll until the transaction that takes them has ended. From these records it knows which offset can be
 * committed.
 *
 * <p>Not thread-safe: used with the lock of the {@link TakeBuffer}. Guarantee: a record either waits, or is in one open transaction, or is done.
 * {@link #committableOffset} is never beyond a record that is not done.
 */
final class PartitionQueue {

    private final TopicPartition partition;
    private final TakeOrdering ordering;
    /** By first offset, so that records that were rolled back are again before records that were read after them. */
    private final NavigableMap<Long, RecordRun> waiting = new TreeMap<>();

    private final NavigableMap<Long, RecordRun> open = new TreeMap<>();
    private final Set<OpenTake> holders = new HashSet<>();
    private final PartitionBadRecords badRecords = new PartitionBadRecords();
    private int waitingRecords;
    private long waitingBytes;
    private long position;
    private long committed;
    /** The object that was last given out to be committed. An answer about another object says nothing about this queue. */
    private @Nullable OffsetAndMetadata toCommit;

    private Optional<Integer> leaderEpoch = Optional.empty();
    private boolean isClosed;
    private boolean isRevoked;

    PartitionQueue(TopicPartition partition, TakeOrdering ordering, long firstOffset) {
        this.partition = partition;
        this.ordering = ordering;
        this.position = firstOffset;
        this.committed = firstOffset;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Returns the number of records that no transaction holds. */
    int waitingRecords() {
        return waitingRecords;
    }

    /** Returns the number of bytes of memory that those records need. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** Returns the number of records that have been read and are not done. */
    int unfinishedRecords() {
        return waitingRecords + open.values().stream().mapToInt(RecordRun::size).sum();
    }

    /** Returns the number of offsets that are done, and that Kafka has not confirmed. */
    long uncommittedRecords() {
        return Math.max(0, committableOffset() - committed);
    }

    /** Returns the timestamp of the first record that is not done. At least one must have been read and not done. */
    long oldestTimestamp() {
        boolean isWaitingFirst = open.isEmpty() || (!waiting.isEmpty() && waiting.firstKey() < open.firstKey());
        return (isWaitingFirst ? waiting : open)
                .firstEntry()
                .getValue()
                .firstRecord()
                .timestamp();
    }

    /** Returns true if all records that have been read are done. */
    boolean isFinished() {
        return waiting.isEmpty() && open.isEmpty();
    }

    void add(List<ConsumerRecord<byte[], byte[]>> read) {
        addWaiting(new RecordRun(this, read));
        ConsumerRecord<byte[], byte[]> last = read.get(read.size() - 1);
        leaderEpoch = last.leaderEpoch();
        readUpTo(last.offset() + 1);
    }

    /** Returns the offset up to which the partition was read. */
    long position() {
        return position;
    }

    /** Sets the reader's next offset. It can be beyond the last record, because some offsets are not records, such as the end of a transaction. */
    void readUpTo(long nextOffset) {
        position = Math.max(position, nextOffset);
    }

    /** Returns true if this transaction can take records from here now. */
    boolean offersTo(OpenTake take) {
        return !isClosed && !waiting.isEmpty() && ordering.allows(holders, take);
    }

    boolean isHeld() {
        return !holders.isEmpty();
    }

    boolean isHeldBy(OpenTake take) {
        return holders.contains(take);
    }

    /** Gives the next records to a transaction, to which {@link #offersTo} must apply. */
    RecordRun takeFor(OpenTake take) {
        RecordRun first = waiting.pollFirstEntry().getValue();
        waitingRecords -= first.size();
        waitingBytes -= first.bytes();
        RecordRun run = first.firstPart(ordering.maxRunLength(take));
        if (run.size() < first.size()) {
            addWaiting(first.after(run));
        }
        open.put(run.firstOffset(), run);
        holders.add(take);
        return run;
    }

    /**
     * Marks the taken records of the run as done. The others wait again. Returns the number of events taken, which does not count skipped records.
     */
    int complete(RecordRun run) {
        open.remove(run.firstOffset());
        if (run.hasNext()) {
            addWaiting(run.rest());
        }
        return run.taken() - badRecords.forget(run);
    }

    /** Makes all records of the run wait again, in this order among all runs that were rolled back. */
    void rollBack(RecordRun run, long retryOrder) {
        open.remove(run.firstOffset());
        addWaiting(run.untaken(retryOrder));
    }

    private void addWaiting(RecordRun run) {
        if (!isRevoked) {
            waiting.put(run.firstOffset(), run);
            waitingRecords += run.size();
            waitingBytes += run.bytes();
        }
    }

    /** Returns the transactions that hold records of this partition. */
    Set<OpenTake> holders() {
        return holders;
    }

    void release(OpenTake take) {
        holders.remove(take);
    }

    /** Returns the lowest offset that is not done. All offsets before it are done. */
    long committableOffset() {
        long lowest = position;
        if (!waiting.isEmpty()) {
            lowest = Math.min(lowest, waiting.firstKey());
        }
        return open.isEmpty() ? lowest : Math.min(lowest, open.firstKey());
    }

    /** Returns the lowest offset that is not done once this transaction, which holds the partition, is done. */
    OffsetAndMetadata offsetAfter(OpenTake take) {
        long next = position;
        if (!waiting.isEmpty()) {
            next = Math.min(next, waiting.firstKey());
        }
        for (RecordRun run : open.values()) {
            if (!take.runs().contains(run)) {
                next = Math.min(next, run.firstOffset());
            } else if (run.hasNext()) {
                next = Math.min(next, run.rest().firstOffset());
            }
        }
        return new OffsetAndMetadata(next, leaderEpoch, "");
    }

    boolean hasOffsetToCommit() {
        return committableOffset() > committed;
    }

    /** Returns the offset to commit. Its leader epoch is that of the last record read, whose leader had all records up to there. */
    OffsetAndMetadata offsetToCommit() {
        OffsetAndMetadata next = toCommit;
        if (next == null || next.offset() != committableOffset()) {
            next = new OffsetAndMetadata(committableOffset(), leaderEpoch, "");
            toCommit = next;
        }
        return next;
    }

    /** Records that Kafka has this offset. Ignored if it is not the object that this queue gave out last: an earlier queue of the partition did. */
    @SuppressWarnings("ReferenceEquality")
    void onCommitted(OffsetAndMetadata offset) {
        if (offset == toCommit) {
            committed = offset.offset();
        }
    }

    /** Gives no more records to transactions. Open transactions can end. */
    void close() {
        isClosed = true;
    }

    /** Drops the waiting records because another member reads the partition now. Transactions keep what they took. */
    void revoke() {
        close();
        isRevoked = true;
        waiting.clear();
        waitingRecords = 0;
        waitingBytes = 0;
    }

    /** Returns the retry order of the next records. At least one record must wait. */
    long retryOrder() {
        return waiting.firstEntry().getValue().retryOrder();
    }

    /** Returns true if the next record is the bad record at which the partition is stopped. */
    boolean isStopped() {
        return !waiting.isEmpty()
                && badRecords.isStoppedAt(waiting.firstEntry().getValue().firstRecord());
    }

    PartitionBadRecords badRecords() {
        return badRecords;
    }
}
