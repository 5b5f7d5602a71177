// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of one partition that were read together, in the order of their offsets, and how far a take transaction has got with them.
 *
 * <p>For one thread at a time: that of the transaction that holds it, or whoever has the lock of the {@link TakeBuffer}.
 */
final class RecordRun {

    private final PartitionQueue queue;
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final int begin;
    private final int end;
    private int next;

    /** All of the list, which must not be empty. */
    RecordRun(PartitionQueue queue, List<ConsumerRecord<byte[], byte[]>> records) {
        this(queue, records, 0, records.size());
    }

    private RecordRun(PartitionQueue queue, List<ConsumerRecord<byte[], byte[]>> records, int begin, int end) {
        this.queue = queue;
        this.records = records;
        this.begin = begin;
        this.end = end;
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

    int size() {
        return end - begin;
    }

    long bytes() {
        long bytes = 0;
        for (int i = begin; i < end; i++) {
            ConsumerRecord<byte[], byte[]> record = records.get(i);
            bytes += Math.max(0, record.serializedValueSize()) + Math.max(0, record.serializedKeySize());
        }
        return bytes;
    }

    long firstOffset() {
        return records.get(begin).offset();
    }

    /** The first records of it, nothing of which is taken. */
    RecordRun first(int count) {
        return new RecordRun(queue, records, begin, begin + Math.min(count, size()));
    }

    /** What {@link #first} leaves. */
    RecordRun without(RecordRun first) {
        return new RecordRun(queue, records, first.end, end);
    }

    /** The same records, nothing of which is taken. */
    RecordRun again() {
        return new RecordRun(queue, records, begin, end);
    }

    /** The records that have not been taken. */
    RecordRun rest() {
        return new RecordRun(queue, records, next, end);
    }
}
