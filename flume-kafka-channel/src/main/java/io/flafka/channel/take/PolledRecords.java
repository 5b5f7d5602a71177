// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.consume.RecordMemory;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one partition that one poll has brought, and what they hold in memory, which is counted once. Thread-safe: nothing in it changes.
 */
final class PolledRecords {

    private final List<ConsumerRecord<byte[], byte[]>> records;

    /** At each index the bytes of all records before it: so a part of the records needs no counting. */
    private final long[] bytesBefore;

    PolledRecords(List<ConsumerRecord<byte[], byte[]>> records) {
        this.records = records;
        this.bytesBefore = new long[records.size() + 1];
        for (int i = 0; i < records.size(); i++) {
            bytesBefore[i + 1] = bytesBefore[i] + RecordMemory.estimateBytes(records.get(i));
        }
    }

    ConsumerRecord<byte[], byte[]> get(int index) {
        return records.get(index);
    }

    int size() {
        return records.size();
    }

    /** What the records from one index up to another one, which is not included, hold in memory. */
    long bytes(int begin, int end) {
        return bytesBefore[end] - bytesBefore[begin];
    }
}
