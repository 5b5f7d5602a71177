// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the operator reads when the group has expelled a source. */
class ExpulsionReportTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final String SLOW =
            "WARN KafkaSource r1: its group has taken t-0, t-1 away: interceptors and channels needed 2001 ms"
                    + " for a batch, and kafka.consumer.max.poll.interval.ms=2000 allows no more. Set that property above the time a batch takes,"
                    + " or lower batchSize=100. Until then another member may deliver the same events again";

    private final SourceMetrics metrics = new SourceMetrics("r1");
    private final ExpulsionReport report = new ExpulsionReport("r1", Duration.ofSeconds(2), 100, metrics);

    @Test
    void saysEachTimeHowLongABatchTookAndWhatToSet() {
        try (LogLines log = new LogLines(ExpulsionReport.class)) {
            report.lost(List.of(SECOND, FIRST), Duration.ofMillis(2001));
            report.lost(List.of(SECOND, FIRST), Duration.ofMillis(2001));

            assertThat(log.lines()).containsExactly(SLOW, SLOW);
        }
        assertThat(metrics.getExpelledCount()).isEqualTo(2);
    }

    @Test
    void doesNotBlameABatchThatWasQuickEnough() {
        try (LogLines log = new LogLines(ExpulsionReport.class)) {
            report.lost(List.of(FIRST), Duration.ofSeconds(2));

            assertThat(log.lines())
                    .containsExactly(
                            "WARN KafkaSource r1: its group has taken t-0 away, as it did not hear from this member for"
                                    + " kafka.consumer.session.timeout.ms: the network, the broker or this agent stood still. Another member"
                                    + " may deliver the last events again");
        }
        assertThat(metrics.getExpelledCount()).isEqualTo(1);
    }

    @Test
    void saysWhereItGoesOn() {
        try (LogLines log = new LogLines(ExpulsionReport.class)) {
            report.goesOn(Map.of());
            report.goesOn(Map.of(SECOND, new OffsetAndMetadata(7), FIRST, new OffsetAndMetadata(5)));

            assertThat(log.lines())
                    .containsExactly(
                            "INFO KafkaSource r1: has partitions back that its group had taken away, and goes on behind what"
                                    + " it has delivered: t-0 at offset 5, t-1 at offset 7");
        }
    }
}
