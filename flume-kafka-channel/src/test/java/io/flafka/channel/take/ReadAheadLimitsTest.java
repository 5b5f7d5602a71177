// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.consume.RecordMemory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The read-ahead limits: when a partition is paused, and when its reader is woken. */
class ReadAheadLimitsTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final int RUN = 10;
    /** The memory of a run of records with a body of one byte. */
    private static final long RUN_BYTES = RUN * (RecordMemory.RECORD_OVERHEAD + 1);

    private final AtomicInteger wakeUps = new AtomicInteger();

    static Stream<ReadAheadLimits> ofFourRuns() {
        return Stream.of(
                new ReadAheadLimits(4 * RUN, Long.MAX_VALUE), new ReadAheadLimits(Integer.MAX_VALUE, 4 * RUN_BYTES));
    }

    @ParameterizedTest
    @MethodSource("ofFourRuns")
    void pausesAtTheLimitAndResumesAtHalfOfIt(ReadAheadLimits bound) throws InterruptedException {
        TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, bound);
        AssignedQueues reader = new AssignedQueues("c1", buffer, wakeUps::incrementAndGet);
        read(reader, FIRST, 3);
        assertThat(reader.partitionsToPause()).isEmpty();
        read(reader, FIRST, 3, 1);

        assertPausedUntilHalfIsTaken(buffer, reader);
    }

    @Test
    void withTwoPartitionsPausesAtHalfOfTheBytesAndResumesAtAQuarter() throws InterruptedException {
        TakeBuffer buffer =
                new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(Integer.MAX_VALUE, 8 * RUN_BYTES));
        AssignedQueues reader = new AssignedQueues("c1", buffer, wakeUps::incrementAndGet);
        read(reader, SECOND, 1);
        OpenTake other = new OpenTake();
        assertThat(buffer.refill(other, Duration.ZERO)).isTrue();
        read(reader, FIRST, 4);

        assertPausedUntilHalfIsTaken(buffer, reader);
    }

    @Test
    void countsUnfinishedRecordsWhetherTheyWaitOrAreTaken() throws InterruptedException {
        TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(4 * RUN, Long.MAX_VALUE));
        AssignedQueues reader = new AssignedQueues("c1", buffer, wakeUps::incrementAndGet);
        read(reader, FIRST, 3);
        OpenTake open = new OpenTake();
        assertThat(buffer.refill(open, Duration.ZERO)).isTrue();
        assertThat(UnfinishedRecords.of(reader)).isEqualTo(3 * RUN);

        while (open.hasNext()) {
            open.next();
        }
        buffer.complete(open);

        assertThat(UnfinishedRecords.of(reader)).isEqualTo(2 * RUN);
    }

    /** Expects that the first partition has four runs, which is its limit. */
    private void assertPausedUntilHalfIsTaken(TakeBuffer buffer, AssignedQueues reader) throws InterruptedException {
        assertThat(reader.partitionsToPause()).containsExactly(FIRST);
        OpenTake open = new OpenTake();
        assertThat(buffer.refill(open, Duration.ZERO)).isTrue();
        assertThat(wakeUps).hasValue(0);
        assertThat(reader.partitionsToPause()).containsExactly(FIRST);

        assertThat(buffer.refill(open, Duration.ZERO)).isTrue();

        assertThat(wakeUps).hasValue(1);
        assertThat(reader.partitionsToPause()).isEmpty();
    }

    private static void read(AssignedQueues reader, TopicPartition partition, int runs) {
        read(reader, partition, 0, runs);
    }

    private static void read(AssignedQueues reader, TopicPartition partition, int first, int runs) {
        for (int run = first; run < first + runs; run++) {
            reader.add(ReadRecords.of(partition, run * (long) RUN, RUN));
        }
    }
}
