// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.metrics.SourceMetrics;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import org.apache.flume.ChannelException;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of a channel that takes nothing: nothing, if that is only the stop. */
class StallReportTest {

    /** Keeps what is logged. */
    private static final class Lines extends AbstractAppender {

        private final List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();

        Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getMessage().getFormattedMessage());
        }
    }

    private final Lines log = new Lines();
    private final SourceMetrics metrics = new SourceMetrics("r1");
    private final StallReport stall = new StallReport("r1", metrics);

    @BeforeEach
    void listen() {
        log.start();
        LoggerContext.getContext(false).getRootLogger().addAppender(log);
    }

    @AfterEach
    void silence() {
        LoggerContext.getContext(false).getRootLogger().removeAppender(log);
    }

    @Test
    void aFullChannelIsToldOnceWithItsReason() {
        ChannelException full = new ChannelException("Unable to put batch", new ChannelException("no space"));

        stall.refused(full);
        stall.refused(full);

        assertThat(log.lines)
                .containsExactly("KafkaSource r1: a channel does not take events (no space); it keeps the batch and its partitions, and tries again"
                        + " until it does");
    }

    @Test
    void aReasonWithoutAMessageIsToldByItsClass() {
        stall.refused(new ChannelException("Unable to put batch", new IllegalStateException()));

        assertThat(log.lines).singleElement().asString().contains("(java.lang.IllegalStateException)");
    }

    @Test
    void anInterruptAtTheStopIsNoRefusal() {
        stall.refused(new ChannelException("put", new ChannelException("sync", new InterruptedException())));
        stall.refused(new ChannelException("put", new ClosedByInterruptException()));

        assertThat(log.lines).isEmpty();
        assertThat(metrics.getHeldUpMillis()).isZero();
    }
}
