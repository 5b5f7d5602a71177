// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Creates the result of a poll. */
final class ReadRecords {

    private ReadRecords() {}

    /** Returns this many records of a partition, one byte each, from this offset on. */
    static ConsumerRecords<byte[], byte[]> of(TopicPartition partition, long firstOffset, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = LongStream.range(firstOffset, firstOffset + count)
                .mapToObj(offset -> record(partition, offset))
                .toList();
        return new ConsumerRecords<>(
                Map.of(partition, records), Map.of(partition, new OffsetAndMetadata(firstOffset + count)));
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                1,
                new byte[0],
                new byte[] {1},
                new RecordHeaders(),
                Optional.empty());
    }
}
