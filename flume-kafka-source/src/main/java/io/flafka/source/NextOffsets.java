// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Finds the offset after the last record of each partition. Stateless. */
final class NextOffsets {

    private NextOffsets() {}

    /** Returns the offset of the next record to read, by partition. The records of a partition must be in the order of their offsets. */
    static Map<TopicPartition, OffsetAndMetadata> after(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        int last = records.size() - 1;
        for (int i = 0; i <= last; i++) {
            ConsumerRecord<byte[], byte[]> record = records.get(i);
            if (i == last || !isSamePartition(record, records.get(i + 1))) {
                next.put(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
            }
        }
        return next;
    }

    private static boolean isSamePartition(ConsumerRecord<?, ?> one, ConsumerRecord<?, ?> other) {
        return one.partition() == other.partition() && one.topic().equals(other.topic());
    }
}
