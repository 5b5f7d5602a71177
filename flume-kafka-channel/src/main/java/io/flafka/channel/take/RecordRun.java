// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of one partition that were read together, in the order of their offsets, and how far a take transaction has got with them.
 *
 * <p>For one thread at a time: that of the transaction that holds it, or whoever has the lock of the {@link TakeBuffer}.
 */
final class RecordRun {

    /** The place of a run that no rollback has given back: it has none before the others. */
    static final long NO_PLACE = 0;

    private final PartitionQueue queue;
    private final PolledRecords records;
    private final int begin;
    private final int end;
    private final long place;
    private int next;

    /** All of the list, which must not be empty. */
    RecordRun(PartitionQueue queue, List<ConsumerRecord<byte[], byte[]>> records) {
        this(queue, new PolledRecords(records), 0, records.size(), NO_PLACE);
    }

    private RecordRun(PartitionQueue queue, PolledRecords records, int begin, int end, long place) {
        this.queue = queue;
        this.records = records;
        this.begin = begin;
        this.end = end;
        this.place = place;
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

    /** The last record counts as not taken. */
    void stepBack() {
        next--;
    }

    int taken() {
        return next - begin;
    }

    /** One of those that were taken, from 0 on. */
    ConsumerRecord<byte[], byte[]> taken(int index) {
        return records.get(begin + index);
    }

    int size() {
        return end - begin;
    }

    /** What its records hold in memory. */
    long bytes() {
        return records.bytes(begin, end);
    }

    /** Its first record, taken or not. */
    ConsumerRecord<byte[], byte[]> head() {
        return records.get(begin);
    }

    long firstOffset() {
        return head().offset();
    }

    /** The lower, the sooner it is to be taken; below {@link #NO_PLACE} if a rollback has given it back. */
    long place() {
        return place;
    }

    /** The first records of it, nothing of which is taken. */
    RecordRun first(int count) {
        return new RecordRun(queue, records, begin, begin + Math.min(count, size()), place);
    }

    /** What {@link #first} leaves. */
    RecordRun without(RecordRun first) {
        return new RecordRun(queue, records, first.end, end, place);
    }

    /** The same records, nothing of which is taken, at that place. */
    RecordRun again(long newPlace) {
        return new RecordRun(queue, records, begin, end, newPlace);
    }

    /** The records that have not been taken. */
    RecordRun rest() {
        return new RecordRun(queue, records, next, end, place);
    }
}
