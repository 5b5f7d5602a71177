// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.LogLines;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Which problems are logged and which are thrown. */
class ProblemsTest {

    private final Problems problems = new Problems("Kafka source r1", "a1.sources.r1.");
    private final LogLines log = new LogLines(ProblemsTest.class);

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void logsEachWarningOnce() {
        problems.warn("a is a former name");
        problems.warn("a is a former name");
        problems.suspect("b is not known");

        problems.logOrThrow(LoggerFactory.getLogger(ProblemsTest.class));

        assertThat(log.lines())
                .containsExactly("WARN Kafka source r1: a is a former name", "WARN Kafka source r1: b is not known");
    }

    @Test
    void logsEachNoteOnceAndFirst() {
        problems.warn("a is a former name");
        problems.note("all is well");
        problems.note("all is well");

        problems.logOrThrow(LoggerFactory.getLogger(ProblemsTest.class));

        assertThat(log.lines())
                .containsExactly("INFO Kafka source r1: all is well", "WARN Kafka source r1: a is a former name");
    }

    @Test
    void throwsAllErrorsAndSuspectsByTheirNamesInTheAgentFileAndLogsTheOtherWarnings() {
        problems.suspect("b is not known");
        problems.warn("a is a former name");
        problems.error("c is missing");
        problems.error("c is missing");

        assertThatThrownBy(() -> problems.logOrThrow(LoggerFactory.getLogger(ProblemsTest.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        Kafka source r1: 1 problem in its configuration
                         - a1.sources.r1.c is missing
                        Possible cause, otherwise harmless:
                         - a1.sources.r1.b is not known""");
        assertThat(log.lines()).containsExactly("WARN Kafka source r1: a is a former name");
    }
}
