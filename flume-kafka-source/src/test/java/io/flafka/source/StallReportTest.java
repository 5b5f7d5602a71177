// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.failure.ClientAccess;
import io.flafka.testing.LogLines;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import org.apache.flume.ChannelException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what is logged when a channel rejects a batch: nothing, if only the stop interrupted it. */
class StallReportTest {

    private static final ClientAccess ACCESS =
            new ClientAccess("b:1", "PLAINTEXT", "user 'u'", ClientAccess.TopicUse.READS);

    private final LogLines log = new LogLines(StallReport.class);
    private final SourceMetrics metrics = new SourceMetrics("r1");
    private final StallReport stall = new StallReport("r1", ACCESS, Duration.ZERO, metrics);

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void aFullChannelIsLoggedOnceWithItsReason() {
        ChannelException full = new ChannelException("Unable to put batch", new ChannelException("no space"));

        stall.onChannelRejection(full);
        stall.onChannelRejection(full);

        assertThat(log.lines())
                .containsExactly(
                        "WARN KafkaSource r1: a channel rejects events (no space); the source keeps the batch and its partitions and"
                                + " retries until the channel accepts it");
    }

    @Test
    void aReasonWithoutAMessageIsLoggedByItsClass() {
        stall.onChannelRejection(new ChannelException("Unable to put batch", new IllegalStateException()));

        assertThat(log.lines()).singleElement().asString().contains("(java.lang.IllegalStateException)");
    }

    @Test
    void anInterruptAtTheStopIsNotLogged() {
        stall.onChannelRejection(new ChannelException("put", new ChannelException("sync", new InterruptedException())));
        stall.onChannelRejection(new ChannelException("put", new ClosedByInterruptException()));

        assertThat(log.lines()).isEmpty();
        assertThat(metrics.group().number("HeldUpMillis")).isZero();
    }
}
