// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.channel.metrics.TakeMetrics.ReadAhead;
import io.flafka.consume.RecordMemory;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a channel has read and not delivered. */
class ReadAheadGaugeTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private final OpenTake open = new OpenTake();

    @Test
    void countsWhatWaitsWhatIsTakenAndWhatIsNotCommitted() throws InterruptedException {
        TakeBuffer buffer = newBuffer(new OffsetCommits.ByReaders());
        AssignedQueues reader = new AssignedQueues("c1", buffer, () -> {});
        ReadAheadGauge gauge = new ReadAheadGauge(buffer);
        assertThat(gauge.measure()).isEqualTo(ReadAhead.NONE);

        reader.add(ReadRecords.of(FIRST, 0, 3));
        reader.add(ReadRecords.of(SECOND, 0, 2));
        assertThat(gauge.measure().records()).isEqualTo(5);
        assertThat(gauge.measure().bytes()).isGreaterThan(5L * RecordMemory.RECORD_OVERHEAD);

        takeAll(buffer);
        assertThat(gauge.measure()).isEqualTo(new ReadAhead(0, 0, 1, 0));

        buffer.complete(open);
        assertThat(gauge.measure()).isEqualTo(new ReadAhead(0, 0, 0, 5));

        reader.onCommitted(reader.offsetsToCommit());
        assertThat(gauge.measure()).isEqualTo(ReadAhead.NONE);
        reader.revoke(List.of(FIRST, SECOND));
        assertThat(gauge.measure()).isEqualTo(ReadAhead.NONE);
    }

    @Test
    void nothingIsOwedIfTheSinkCommits() throws InterruptedException {
        TakeBuffer buffer = newBuffer(new OffsetCommits.BySinks("k1"));
        AssignedQueues reader = new AssignedQueues("c1", buffer, () -> {});
        reader.add(ReadRecords.of(FIRST, 0, 3));

        takeAll(buffer);
        buffer.complete(open);

        assertThat(new ReadAheadGauge(buffer).measure().uncommitted()).isZero();
    }

    private static TakeBuffer newBuffer(OffsetCommits commits) {
        return new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 1L << 20), commits);
    }

    private void takeAll(TakeBuffer buffer) throws InterruptedException {
        while (open.hasNext() || buffer.refill(open, Duration.ZERO)) {
            open.next();
        }
    }
}
