// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What one take transaction holds. For the thread of that transaction. */
public final class OpenTake {

    private final List<RecordRun> runs = new ArrayList<>();
    private @Nullable RecordRun current;
    private int count;

    /** Whether there is a record to take before more must be claimed. */
    public boolean hasNext() {
        return current != null && current.hasNext();
    }

    /** Takes a record, of which there must be one. */
    public ConsumerRecord<byte[], byte[]> next() {
        ConsumerRecord<byte[], byte[]> record = inHand().next();
        count++;
        return record;
    }

    /** The last record counts as not taken. */
    void stepBack() {
        inHand().stepBack();
        count--;
    }

    /** Where the last record came from. */
    PartitionQueue lastQueue() {
        return inHand().queue();
    }

    private RecordRun inHand() {
        if (current == null) {
            throw new IllegalStateException("nothing was claimed");
        }
        return current;
    }

    /** How many records were taken. */
    int count() {
        return count;
    }

    void add(RecordRun run) {
        runs.add(run);
        current = run;
    }

    List<RecordRun> runs() {
        return runs;
    }

    /** It holds nothing any more. */
    void clear() {
        runs.clear();
        current = null;
        count = 0;
    }
}
