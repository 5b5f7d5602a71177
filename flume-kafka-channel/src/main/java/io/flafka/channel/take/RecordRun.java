// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A run of records of one partition and one poll, in offset order, with the position of the transaction that takes them.
 *
 * <p>Not thread-safe: used by the transaction that holds it, or with the lock of the {@link TakeBuffer} while it waits.
 */
final class RecordRun {

    /** The retry order of a run that was not rolled back: after all that were. */
    static final long NOT_ROLLED_BACK = 0;

    private final PartitionQueue queue;
    private final PolledRecords records;
    private final int begin;
    private final int end;
    private final long retryOrder;
    private int next;

    /** A run of all these records, at least one. */
    RecordRun(PartitionQueue queue, List<ConsumerRecord<byte[], byte[]>> records) {
        this(queue, new PolledRecords(records), 0, records.size(), NOT_ROLLED_BACK);
    }

    private RecordRun(PartitionQueue queue, PolledRecords records, int begin, int end, long retryOrder) {
        this.queue = queue;
        this.records = records;
        this.begin = begin;
        this.end = end;
        this.retryOrder = retryOrder;
        this.next = begin;
    }

    PartitionQueue queue() {
        return queue;
    }

    boolean hasNext() {
        return next < end;
    }

    ConsumerRecord<byte[], byte[]> next() {
        return records.get(next++);
    }

    /** Makes the last record count as not taken. */
    void undoLast() {
        next--;
    }

    /** Returns the number of records taken. */
    int taken() {
        return next - begin;
    }

    /** Returns a taken record, counted from 0. */
    ConsumerRecord<byte[], byte[]> taken(int index) {
        return records.get(begin + index);
    }

    int size() {
        return end - begin;
    }

    /** Returns the number of bytes of memory that all its records need. */
    long bytes() {
        return records.bytes(begin, end);
    }

    /** Returns its first record, taken or not. */
    ConsumerRecord<byte[], byte[]> firstRecord() {
        return records.get(begin);
    }

    long firstOffset() {
        return firstRecord().offset();
    }

    /** Returns its order among the runs that were rolled back: the lowest is taken first. {@link #NOT_ROLLED_BACK} if it was not. */
    long retryOrder() {
        return retryOrder;
    }

    /** Returns a run of at most this many of its first records, none of them taken. */
    RecordRun firstPart(int count) {
        return new RecordRun(queue, records, begin, begin + Math.min(count, size()), retryOrder);
    }

    /** Returns a run of the records that a {@link #firstPart} leaves. */
    RecordRun after(RecordRun firstPart) {
        return new RecordRun(queue, records, firstPart.end, end, retryOrder);
    }

    /** Returns a run of the same records, none of them taken, with this retry order. */
    RecordRun untaken(long newRetryOrder) {
        return new RecordRun(queue, records, begin, end, newRetryOrder);
    }

    /** Returns a run of the records that have not been taken. */
    RecordRun rest() {
        return new RecordRun(queue, records, next, end, retryOrder);
    }
}
