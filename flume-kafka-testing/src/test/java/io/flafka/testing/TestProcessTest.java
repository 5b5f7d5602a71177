// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that stop normally, fail, or do not stop. */
class TestProcessTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void stopsAtTheEndOfItsInput() {
        try (TestProcess cat = start("cat")) {
            assertThat(cat.isAlive()).isTrue();

            cat.closeInput();

            assertThat(cat.awaitExit(SOON)).isZero();
        }
    }

    @Test
    void isKilledAndReportedWhenItIgnoresSigterm() {
        try (TestProcess stubborn = start("trap '' TERM; echo ready; read -r line")) {
            stubborn.awaitLog("^ready$", SOON);

            assertThatThrownBy(() -> stubborn.stop(Duration.ofMillis(100)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("shell (pid " + stubborn.pid()
                            + ") did not stop within PT0.1S and was killed; the end of its log:\nready");
            assertThat(stubborn.isAlive()).isFalse();
        }
    }

    @Test
    void reportsTheLogOfAProgramThatStopsBeforeItIsReady() {
        try (TestProcess failing = start("echo no disk; exit 3")) {
            assertThatThrownBy(() -> failing.awaitLog("ready", SOON))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("shell (pid " + failing.pid()
                            + ") stopped without logging /ready/, exit code 3; the end of its log:\nno disk");
        }
    }

    @Test
    void stopsWhenFrozen() {
        try (TestProcess cat = start("exec cat")) {
            cat.freeze();

            assertThat(cat.stop(SOON)).isEqualTo(143);
        }
    }

    private TestProcess start(String script) {
        return TestProcess.start(
                "shell", List.of("bash", "-c", script), Map.of("LC_ALL", "C"), directory.resolve("log"));
    }
}
