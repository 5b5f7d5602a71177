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

/** Tests what is logged when the group expels a source. */
class ExpulsionReportTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final String SLOW_BATCH =
            "WARN KafkaSource r1: its group expelled it, and it lost t-0, t-1: interceptors and channels took 2001 ms"
                    + " for a batch, more than kafka.consumer.max.poll.interval.ms=2000. Set that property above the time a batch takes,"
                    + " or lower batchSize=100. Until then another member may deliver the same events again";

    private final SourceMetrics metrics = new SourceMetrics("r1");
    private final ExpulsionReport report = new ExpulsionReport("r1", Duration.ofSeconds(2), 100, metrics);

    @Test
    void logsEachTimeHowLongABatchTookAndWhichPropertyToSet() {
        try (LogLines log = new LogLines(ExpulsionReport.class)) {
            report.onLost(List.of(SECOND, FIRST), Duration.ofMillis(2001));
            report.onLost(List.of(SECOND, FIRST), Duration.ofMillis(2001));

            assertThat(log.lines()).containsExactly(SLOW_BATCH, SLOW_BATCH);
        }
        assertThat(metrics.group().number("ExpelledCount")).isEqualTo(2);
    }

    @Test
    void namesTheSessionTimeoutIfTheBatchWasFastEnough() {
        try (LogLines log = new LogLines(ExpulsionReport.class)) {
            report.onLost(List.of(FIRST), Duration.ofSeconds(2));

            assertThat(log.lines())
                    .containsExactly(
                            "WARN KafkaSource r1: its group expelled it, and it lost t-0: the group received no heartbeat for"
                                    + " kafka.consumer.session.timeout.ms, because the network, the broker or this agent stalled. Another"
                                    + " member may deliver the last events again");
        }
        assertThat(metrics.group().number("ExpelledCount")).isEqualTo(1);
    }

    @Test
    void logsWherePartitionsResume() {
        try (LogLines log = new LogLines(ExpulsionReport.class)) {
            report.onResumed(Map.of());
            report.onResumed(Map.of(SECOND, new OffsetAndMetadata(7), FIRST, new OffsetAndMetadata(5)));

            assertThat(log.lines())
                    .containsExactly(
                            "INFO KafkaSource r1: got partitions back and resumes them after the last delivered event:"
                                    + " t-0 at offset 5, t-1 at offset 7");
        }
    }
}
