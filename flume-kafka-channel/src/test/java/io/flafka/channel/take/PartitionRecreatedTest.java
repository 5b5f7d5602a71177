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

/** A partition whose offsets go back: nothing of its past is given out, owed, or taken for committed. */
class PartitionRecreatedTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final TopicPartition OTHER = new TopicPartition("t", 1);

    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 1L << 20));
    private final AssignedQueues reader = buffer.newReader(() -> {});

    @Test
    void nothingOfThePastIsGivenOutOrOwed() throws InterruptedException {
        reader.add(ReadRecords.of(PARTITION, 500, 10));
        reader.add(ReadRecords.of(OTHER, 7, 1));
        OpenTake claim = new OpenTake();
        take(claim, 4);

        reader.forget(List.of(PARTITION));
        TakeBuffer.Completed completed = buffer.complete(claim);
        reader.add(ReadRecords.of(PARTITION, 0, 3));

        assertThat(completed.revoked()).isEqualTo(4);
        assertThat(reader.owed()).isEmpty();
        OpenTake next = new OpenTake();
        assertThat(take(next, 4)).isEqualTo("7 0 1 2 ");
        buffer.complete(next);
        assertThat(reader.owed())
                .isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(3), OTHER, new OffsetAndMetadata(8)));
    }

    @Test
    void anAnswerToACommitOfThePastDoesNotCount() throws InterruptedException {
        reader.add(ReadRecords.of(PARTITION, 500, 10));
        OpenTake claim = new OpenTake();
        take(claim, 10);
        buffer.complete(claim);
        Map<TopicPartition, OffsetAndMetadata> past = reader.owed();
        reader.forget(List.of(PARTITION));
        reader.add(ReadRecords.of(PARTITION, 0, 3));
        take(claim, 3);
        buffer.complete(claim);

        reader.committed(past);

        assertThat(reader.owed()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(3)));
        reader.committed(reader.owed());
        assertThat(reader.owed()).isEmpty();
    }

    @Test
    void recordsBelowWhatWasReachedBeginThePartitionAnew() throws InterruptedException {
        reader.add(ReadRecords.of(PARTITION, 500, 10));

        reader.add(ReadRecords.of(PARTITION, 509, 2));

        OpenTake claim = new OpenTake();
        assertThat(take(claim, 2)).isEqualTo("509 510 ");
        assertThat(buffer.refill(claim, Duration.ZERO)).isFalse();
    }

    @Test
    void recordsBehindWhatWasReachedDoNot() throws InterruptedException {
        reader.add(ReadRecords.of(PARTITION, 500, 1));

        reader.add(ReadRecords.of(PARTITION, 501, 1));

        assertThat(take(new OpenTake(), 2)).isEqualTo("500 501 ");
    }

    @Test
    void tellsTheLowestOffsetThatIsNotDone() throws InterruptedException {
        assertThat(reader.lowestPendingOffset(PARTITION)).isEmpty();
        reader.add(ReadRecords.of(PARTITION, 500, 10));
        OpenTake claim = new OpenTake();
        take(claim, 4);

        assertThat(reader.lowestPendingOffset(PARTITION)).hasValue(500);
        buffer.complete(claim);
        assertThat(reader.lowestPendingOffset(PARTITION)).hasValue(504);
    }

    @Test
    void owesTheLeadersEpochOfTheLastRecordThatWasRead() throws InterruptedException {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "t", 0, 4, 0, TimestampType.CREATE_TIME, 0, 1, null, new byte[1], new RecordHeaders(), Optional.of(6));
        reader.add(new ConsumerRecords<>(Map.of(PARTITION, List.of(record)), Map.of()));
        OpenTake claim = new OpenTake();
        take(claim, 1);

        buffer.complete(claim);

        assertThat(reader.owed()).isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(5, Optional.of(6), "")));
    }

    private String take(OpenTake claim, int count) throws InterruptedException {
        StringBuilder offsets = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (!claim.hasNext()) {
                assertThat(buffer.refill(claim, Duration.ZERO)).isTrue();
            }
            offsets.append(claim.next().offset()).append(' ');
        }
        return offsets.toString();
    }
}
