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
 * One partition's records from the poll to the end of the transaction that takes them, and so the ledger of what Kafka may be told.
 *
 * <p>Guarded by the lock of the {@link TakeBuffer}. Guarantee: a record is either waiting, or in one open transaction, or done; {@link #committable}
 * is never beyond one that is not done.
 */
final class PartitionQueue {

    private final TopicPartition partition;
    private final AssignedQueues reader;
    private final TakeOrdering ordering;
    /** Each by its first offset: what was given back is again before what was read after it. */
    private final NavigableMap<Long, RecordRun> waiting = new TreeMap<>();

    private final NavigableMap<Long, RecordRun> open = new TreeMap<>();
    private final Set<OpenTake> holders = new HashSet<>();
    private final PartitionBadRecords badRecords = new PartitionBadRecords();
    private int records;
    private long bytes;
    private long position;
    private long committed;
    /** What Kafka was or will be told; an answer about another one says nothing about this queue. */
    private @Nullable OffsetAndMetadata told;

    private Optional<Integer> leaderEpoch = Optional.empty();
    private boolean closed;
    private boolean revoked;

    /** For a partition of that reader, from that offset on. */
    PartitionQueue(TopicPartition partition, AssignedQueues reader, TakeOrdering ordering, long firstOffset) {
        this.partition = partition;
        this.reader = reader;
        this.ordering = ordering;
        this.position = firstOffset;
        this.committed = firstOffset;
    }

    TopicPartition partition() {
        return partition;
    }

    AssignedQueues reader() {
        return reader;
    }

    /** How many records wait to be taken. */
    int records() {
        return records;
    }

    /** How many bytes of memory those hold. */
    long bytes() {
        return bytes;
    }

    /** How many records have been read and are not done. */
    int unfinished() {
        return records + open.values().stream().mapToInt(RecordRun::size).sum();
    }

    void add(List<ConsumerRecord<byte[], byte[]>> read) {
        await(new RecordRun(this, read));
        ConsumerRecord<byte[], byte[]> last = read.get(read.size() - 1);
        leaderEpoch = last.leaderEpoch();
        readUpTo(last.offset() + 1);
    }

    /** How far it was read. */
    long position() {
        return position;
    }

    /** The reader's next offset: beyond all records that were added, and beyond what is no record, such as the end of a transaction. */
    void readUpTo(long nextOffset) {
        position = Math.max(position, nextOffset);
    }

    boolean offersTo(OpenTake claim) {
        return !closed && !waiting.isEmpty() && ordering.offers(holders, claim);
    }

    boolean isHeld() {
        return !holders.isEmpty();
    }

    boolean isHeldBy(OpenTake claim) {
        return holders.contains(claim);
    }

    /** The next records for that transaction, which must be offered some. */
    RecordRun takeFor(OpenTake claim) {
        RecordRun first = waiting.pollFirstEntry().getValue();
        records -= first.size();
        bytes -= first.bytes();
        RecordRun run = first.first(ordering.longestRun(claim));
        if (run.size() < first.size()) {
            await(first.without(run));
        }
        open.put(run.firstOffset(), run);
        holders.add(claim);
        return run;
    }

    /** What was taken of the run is done with; the rest waits again. How many events were taken: records that were passed over are none. */
    int complete(RecordRun run) {
        open.remove(run.firstOffset());
        if (run.hasNext()) {
            await(run.rest());
        }
        return run.taken() - badRecords.forget(run);
    }

    /** All of the run waits again, to be taken at that place among what was given back. */
    void giveBack(RecordRun run, long place) {
        open.remove(run.firstOffset());
        await(run.again(place));
    }

    private void await(RecordRun run) {
        if (!revoked) {
            waiting.put(run.firstOffset(), run);
            records += run.size();
            bytes += run.bytes();
        }
    }

    void release(OpenTake claim) {
        holders.remove(claim);
    }

    /** The lowest offset that is not done: up to there Kafka may be told that all is. */
    long committable() {
        long lowest = position;
        if (!waiting.isEmpty()) {
            lowest = Math.min(lowest, waiting.firstKey());
        }
        return open.isEmpty() ? lowest : Math.min(lowest, open.firstKey());
    }

    /** Whether Kafka has yet to be told. */
    boolean isOwed() {
        return committable() > committed;
    }

    /** What Kafka should be told: with the last leader that was seen, which knew all records up to there. */
    OffsetAndMetadata owed() {
        OffsetAndMetadata next = told;
        if (next == null || next.offset() != committable()) {
            next = new OffsetAndMetadata(committable(), leaderEpoch, "");
            told = next;
        }
        return next;
    }

    /** Kafka knows that all before this offset is done, if it is what this queue has asked for, and not one that read the partition before. */
    @SuppressWarnings("ReferenceEquality")
    void committed(OffsetAndMetadata taken) {
        if (taken == told) {
            committed = taken.offset();
        }
    }

    /** Nothing more is taken; what is open may still end. */
    void close() {
        closed = true;
    }

    /** Another member of the group reads this partition now; transactions that hold it keep what they have. */
    void revoke() {
        close();
        revoked = true;
        waiting.clear();
        records = 0;
        bytes = 0;
    }

    boolean isRevoked() {
        return revoked;
    }

    /** The place of its next records, of which there must be some. */
    long place() {
        return waiting.firstEntry().getValue().place();
    }

    /** Whether the next record is the bad one that it was stopped at. */
    boolean isStopped() {
        return !waiting.isEmpty()
                && badRecords.isStoppedAt(waiting.firstEntry().getValue().head());
    }

    PartitionBadRecords badRecords() {
        return badRecords;
    }
}
