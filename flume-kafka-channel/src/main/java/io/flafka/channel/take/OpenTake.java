// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Holds the records that one open transaction has got from the {@link TakeBuffer}, taken or not. For the thread of that transaction. */
public final class OpenTake {

    private final List<RecordRun> runs = new ArrayList<>();
    private @Nullable RecordRun last;
    private int count;

    /** Returns false if the buffer must be asked for more records. */
    public boolean hasNext() {
        return last != null && last.hasNext();
    }

    /** Takes the next record. There must be one. */
    public ConsumerRecord<byte[], byte[]> next() {
        ConsumerRecord<byte[], byte[]> record = lastRun().next();
        count++;
        return record;
    }

    /** Makes the last record count as not taken. */
    void undoLast() {
        lastRun().undoLast();
        count--;
    }

    /** Returns the queue of the last record. */
    PartitionQueue lastQueue() {
        return lastRun().queue();
    }

    private RecordRun lastRun() {
        if (last == null) {
            throw new IllegalStateException("this transaction has no records");
        }
        return last;
    }

    /** Returns the number of records taken. */
    int count() {
        return count;
    }

    void add(RecordRun run) {
        runs.add(run);
        last = run;
    }

    List<RecordRun> runs() {
        return runs;
    }

    void clear() {
        runs.clear();
        last = null;
        count = 0;
    }
}
