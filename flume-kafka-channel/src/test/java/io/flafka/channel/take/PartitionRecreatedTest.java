// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** A partition whose offsets go back: records from before are neither given nor committed, and answers to earlier commits are ignored. */
class PartitionRecreatedTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final TopicPartition OTHER = new TopicPartition("t", 1);

    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 1L << 20));
    private final AssignedQueues reader = new AssignedQueues("c1", buffer, () -> {});

    @Test
    void givesAndCommitsNothingFromBefore() throws InterruptedException {
        reader.add(ReadRecords.of(PARTITION, 500, 10));
        reader.add(ReadRecords.of(OTHER, 7, 1));
        OpenTake open = new OpenTake();
        take(open, 4);

        reader.forget(List.of(PARTITION));
        TakeBuffer.Completed completed = buffer.complete(open);
        reader.add(ReadRecords.of(PARTITION, 0, 3));

        assertThat(completed.revokedEvents()).isEqualTo(4);
        assertThat(reader.offsetsToCommit()).isEmpty();
        OpenTake next = new OpenTake();
        assertThat(take(next, 4)).isEqualTo("7 0 1 2 ");
        buffer.complete(next);
        assertThat(reader.offsetsToCommit())
                .isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(3), OTHER, new OffsetAndMetadata(8)));
    }

    @Test
    void ignoresTheAnswerToACommitFromBefore() throws InterruptedException {
        reader.add(ReadRecords.of(PARTITION, 500, 10));
        OpenTake open = new OpenTake();
        take(open, 10);
        buffer.complete(open);
        Map<TopicPartition, OffsetAndMetadata> past = reader.offsetsToCommit();
        reader.forget(List.of(PARTITION));
        reader.add(ReadRecords.of(PARTITION, 0, 3));
        take(open, 3);
        buffer.complete(open);

        reader.onCommitted(past);

        assertThat(reader.offsetsToCommit()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(3)));
        reader.onCommitted(reader.offsetsToCommit());
        assertThat(reader.offsetsToCommit()).isEmpty();
    }

    @Test
    void recordsBelowThePositionReplaceThePartitionsRecords() throws InterruptedException {
        reader.add(ReadRecords.of(PARTITION, 500, 10));

        reader.add(ReadRecords.of(PARTITION, 509, 2));

        OpenTake open = new OpenTake();
        assertThat(take(open, 2)).isEqualTo("509 510 ");
        assertThat(buffer.refill(open, Duration.ZERO)).isFalse();
    }

    @Test
    void recordsFromThePositionOnAreAdded() throws InterruptedException {
        reader.add(ReadRecords.of(PARTITION, 500, 1));

        reader.add(ReadRecords.of(PARTITION, 501, 1));

        assertThat(take(new OpenTake(), 2)).isEqualTo("500 501 ");
    }

    @Test
    void returnsTheLowestOffsetThatIsNotDone() throws InterruptedException {
        assertThat(reader.lowestPendingOffset(PARTITION)).isEmpty();
        reader.add(ReadRecords.of(PARTITION, 500, 10));
        OpenTake open = new OpenTake();
        take(open, 4);

        assertThat(reader.lowestPendingOffset(PARTITION)).hasValue(500);
        buffer.complete(open);
        assertThat(reader.lowestPendingOffset(PARTITION)).hasValue(504);
    }

    @Test
    void commitsTheLeaderEpochOfTheLastRecordRead() throws InterruptedException {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "t", 0, 4, 0, TimestampType.CREATE_TIME, 0, 1, null, new byte[1], new RecordHeaders(), Optional.of(6));
        reader.add(new ConsumerRecords<>(Map.of(PARTITION, List.of(record)), Map.of()));
        OpenTake open = new OpenTake();
        take(open, 1);

        buffer.complete(open);

        assertThat(reader.offsetsToCommit()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(5, Optional.of(6), "")));
    }

    private String take(OpenTake open, int count) throws InterruptedException {
        StringBuilder offsets = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (!open.hasNext()) {
                assertThat(buffer.refill(open, Duration.ZERO)).isTrue();
            }
            offsets.append(open.next().offset()).append(' ');
        }
        return offsets.toString();
    }
}
