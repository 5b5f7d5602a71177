// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.torture.check.BrokenPromise.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** One history per test, which the checker reads. */
abstract class HistoryTest {
    static final String KILL = "kill-agent";
    static final Excuse AFTER_KILL = Excuse.of(KILL, Duration.ofSeconds(5));
    static final Promise AT_LEAST_ONCE = Promise.atLeastOnce().duplicatesAfter(AFTER_KILL);

    @TempDir
    Path directory;

    final WrittenHistory history = new WrittenHistory();

    Verdict check(Promise promise) {
        return Checker.check(history.in(directory), promise);
    }

    void assertOnly(Promise promise, Kind kind, String text) {
        Verdict verdict = check(promise);
        assertThat(verdict.broken()).singleElement().satisfies(broken -> {
            assertThat(broken.kind()).isEqualTo(kind);
            assertThat(broken.toString()).isEqualTo(text);
        });
        assertThat(verdict.kept()).isFalse();
    }
}
