// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.LogLines;
import java.nio.channels.ClosedByInterruptException;
import org.apache.flume.ChannelException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of a channel that takes nothing: nothing, if that is only the stop. */
class StallReportTest {

    private final LogLines log = new LogLines(StallReport.class);
    private final SourceMetrics metrics = new SourceMetrics("r1");
    private final StallReport stall = new StallReport("r1", metrics);

    @AfterEach
    void silence() {
        log.close();
    }

    @Test
    void aFullChannelIsToldOnceWithItsReason() {
        ChannelException full = new ChannelException("Unable to put batch", new ChannelException("no space"));

        stall.refused(full);
        stall.refused(full);

        assertThat(log.lines())
                .containsExactly(
                        "WARN KafkaSource r1: a channel does not take events (no space); it keeps the batch and its partitions, and tries again"
                                + " until it does");
    }

    @Test
    void aReasonWithoutAMessageIsToldByItsClass() {
        stall.refused(new ChannelException("Unable to put batch", new IllegalStateException()));

        assertThat(log.lines()).singleElement().asString().contains("(java.lang.IllegalStateException)");
    }

    @Test
    void anInterruptAtTheStopIsNoRefusal() {
        stall.refused(new ChannelException("put", new ChannelException("sync", new InterruptedException())));
        stall.refused(new ChannelException("put", new ClosedByInterruptException()));

        assertThat(log.lines()).isEmpty();
        assertThat(metrics.getHeldUpMillis()).isZero();
    }
}
