// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.consume.offsets.OffsetCommitter;
import io.flafka.consume.offsets.ReadPositions;
import io.flafka.consume.offsets.ReadRange;
import io.flafka.consume.offsets.StartingOffsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a partition whose log is truncated while records of it are pending. */
class PendingRecordsTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final ReadPositions positions = new ReadPositions(
            "KafkaSource r1",
            new ClientSettings(Map.of("auto.offset.reset", "earliest", "group.id", "g")),
            consumer,
            StartingOffsets.KAFKA_ONLY,
            ReadRange.WHOLE,
            KafkaClients.REAL::admin);
    private final SourceOffsets offsets =
            new SourceOffsets("r1", consumer, new OffsetCommitter(consumer, positions), new SourceMetrics("r1"));
    private final BatchCollector collector =
            new BatchCollector(consumer, new BatchBounds(10, 1, Duration.ofMillis(1)), positions, offsets);

    @BeforeEach
    void fetch() {
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 90L, SECOND, 90L));
        consumer.assign(List.of(FIRST, SECOND));
        consumer.seek(FIRST, 40);
        consumer.seek(SECOND, 7);
        for (int offset = 40; offset < 44; offset++) {
            consumer.addRecord(record(FIRST, offset));
        }
    }

    @Test
    void returnsTheLowestPendingOffsetOfAPartition() {
        consumer.addRecord(record(SECOND, 7));
        assertThat(collector.lowestPendingOffset(FIRST)).isEmpty();
        List<ConsumerRecord<byte[], byte[]>> batch = collector.collect();
        assertThat(batch).hasSize(5);

        assertThat(collector.lowestPendingOffset(FIRST)).hasValue(40);
        assertThat(collector.lowestPendingOffset(SECOND)).hasValue(7);
        collector.markDelivered(batch.get(0).partition() == 0 ? 2 : 3);
        assertThat(collector.lowestPendingOffset(FIRST)).hasValue(42);
    }

    @Test
    void aTruncationDropsPendingRecordsAndUncommittedOffsets() {
        List<ConsumerRecord<byte[], byte[]>> batch = List.copyOf(collector.collect());
        offsets.markDelivered(batch.subList(0, 1));
        collector.markDelivered(1);
        consumer.setPollException(
                new LogTruncationException("cut", Map.of(FIRST, 44L), Map.of(FIRST, new OffsetAndMetadata(43))));

        List<ConsumerRecord<byte[], byte[]>> pending = collector.collect();
        offsets.commitDelivered();

        assertThat(pending).isEmpty();
        assertThat(consumer.position(FIRST)).isEqualTo(41);
        assertThat(consumer.committed(Set.of(FIRST))).isEmpty();
    }

    @Test
    void commitsTheLeaderEpochOfTheRecord() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "t", 0, 4, 0, TimestampType.CREATE_TIME, 0, 1, null, new byte[1], new RecordHeaders(), Optional.of(6));
        SourceOffsets plain = new SourceOffsets("r1", consumer, new OffsetCommitter(consumer), new SourceMetrics("r1"));

        plain.markDelivered(List.of(record));
        plain.commitDelivered();

        assertThat(consumer.committed(Set.of(FIRST)))
                .isEqualTo(Map.of(FIRST, new OffsetAndMetadata(5, Optional.of(6), "")));
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], new byte[0]);
    }
}
