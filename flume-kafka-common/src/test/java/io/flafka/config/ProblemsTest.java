// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.flume.conf.ConfigurationException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged and what is thrown. */
class ProblemsTest {

    private final Problems problems = new Problems("Kafka source r1", "a1.sources.r1.");
    private final Recorder recorder = new Recorder();
    private final Logger log = (Logger) LogManager.getLogger(ProblemsTest.class);

    @BeforeEach
    void record() {
        recorder.start();
        // The appender first: adding one gives the logger a configuration of its own, to which the level then belongs.
        log.addAppender(recorder);
        log.setAdditive(false);
        log.setLevel(Level.WARN);
    }

    @AfterEach
    void stop() {
        log.removeAppender(recorder);
        recorder.stop();
    }

    @Test
    void logsEachWarningOnce() {
        problems.warn("a is a former name");
        problems.warn("a is a former name");
        problems.suspect("b is not known");

        problems.settle(LoggerFactory.getLogger(ProblemsTest.class));

        assertThat(recorder.lines)
                .containsExactly("WARN Kafka source r1: a is a former name", "WARN Kafka source r1: b is not known");
    }

    @Test
    void logsEachNoteOnceAndFirst() {
        log.setLevel(Level.INFO);
        problems.warn("a is a former name");
        problems.note("all is well");
        problems.note("all is well");

        problems.settle(LoggerFactory.getLogger(ProblemsTest.class));

        assertThat(recorder.lines)
                .containsExactly("INFO Kafka source r1: all is well", "WARN Kafka source r1: a is a former name");
    }

    @Test
    void throwsAllErrorsAndSuspectsByTheirNamesInTheAgentFileAndLogsTheOtherWarnings() {
        problems.suspect("b is not known");
        problems.warn("a is a former name");
        problems.error("c is missing");
        problems.error("c is missing");

        assertThatThrownBy(() -> problems.settle(LoggerFactory.getLogger(ProblemsTest.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        Kafka source r1: 1 problem in its configuration
                         - a1.sources.r1.c is missing
                        Perhaps the reason, else harmless:
                         - a1.sources.r1.b is not known""");
        assertThat(recorder.lines).containsExactly("WARN Kafka source r1: a is a former name");
    }

    /** Keeps what is logged. */
    private static final class Recorder extends AbstractAppender {

        private final List<String> lines = new ArrayList<>();

        Recorder() {
            super("recorder", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        }
    }
}
