// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.event.MissingTopicException;
import io.flafka.event.UnwritableEventException;
import io.flafka.produce.batch.PublishException;
import io.flafka.testing.LogLines;
import io.flafka.testing.MovedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log lines about records that are bad only because a right is missing. */
class RefusedTopicReportTest {

    private final LogLines log = new LogLines(RefusedTopicReport.class);
    private final List<BadRecord> disposed = new ArrayList<>();
    private final MovedClock clock = new MovedClock();
    private final RefusedTopicReport report = new RefusedTopicReport(disposed::add, "KafkaSink k1", "dropped", clock);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void saysAtOnceWhichRightIsMissing() throws FlowStoppedException {
        report.dispose(denied("orders"));

        assertThat(disposed).hasSize(1);
        assertThat(log.lines())
                .containsExactly(
                        "ERROR KafkaSink k1: may not write topic orders (not authorized), so such records are dropped (1 so far)");
    }

    @Test
    void saysOnceAMinuteHowManyThereWere() throws FlowStoppedException {
        for (int second = 0; second < 150; second++) {
            report.dispose(denied("orders"));
            report.replace(denied("orders"));
            clock.move(Duration.ofSeconds(1));
        }

        assertThat(log.lines().stream().map(line -> line.replaceAll(".*\\((\\d+) so far.*", "$1")))
                .containsExactly("1", "123", "245");
    }

    @Test
    void saysWhichTopicIsMissing() throws FlowStoppedException {
        report.dispose(BadRecord.unwritable(Map.of(), new byte[0], new MissingTopicException("orders")));

        assertThat(log.lines())
                .containsExactly(
                        "ERROR KafkaSink k1: topic orders does not exist (create it, or set allowedTopics so that no event can name"
                                + " it), so such records are dropped (1 so far)");
    }

    @Test
    void saysNothingOfOtherBadRecords() throws FlowStoppedException {
        report.dispose(BadRecord.unwritable(Map.of(), new byte[0], new UnwritableEventException("bad")));

        assertThat(disposed).hasSize(1);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void saysNothingOfARecordThatTheFlowStopsAt() {
        BadRecord record = denied("orders");
        BadRecordPolicy stopping = new RefusedTopicReport(
                stopped -> {
                    throw new FlowStoppedException(stopped, "no dead letter topic");
                },
                "KafkaSink k1",
                "dropped",
                clock);

        assertThatThrownBy(() -> stopping.dispose(record)).isInstanceOf(FlowStoppedException.class);

        assertThat(log.lines()).isEmpty();
    }

    static BadRecord denied(String topic) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, new byte[0]);
        return BadRecord.refused(
                record,
                UTF_8,
                new PublishException(0, 1, "not authorized", record, new TopicAuthorizationException(topic)));
    }
}
