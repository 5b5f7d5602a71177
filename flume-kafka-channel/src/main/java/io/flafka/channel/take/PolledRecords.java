// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.consume.RecordMemory;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of one partition from one poll, and the memory they need, which is measured once. Immutable. */
final class PolledRecords {

    private final List<ConsumerRecord<byte[], byte[]>> records;

    /** At each index the bytes of all records before it, so that a part of the records need not be measured again. */
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

    /** Returns the number of bytes of memory of the records from {@code begin} to before {@code end}. */
    long bytes(int begin, int end) {
        return bytesBefore[end] - bytesBefore[begin];
    }
}
