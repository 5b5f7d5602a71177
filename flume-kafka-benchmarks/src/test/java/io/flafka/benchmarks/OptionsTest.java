// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parses the command line. */
class OptionsTest {

    @Test
    void readsAllOptions() {
        Options options = Options.of(List.of("--scenario", "sink.*", "--reps", "5", "--quick", "--window", "1.5"));

        assertThat(options.regex("--scenario").pattern()).isEqualTo("sink.*");
        assertThat(options.count("--reps")).contains(5);
        assertThat(options.has("--quick")).isTrue();
        assertThat(options.seconds("--window")).contains(Duration.ofMillis(1500));
        assertThat(options.isRequested("codec")).isFalse();
    }

    @Test
    void readsTheFilesToCompare() {
        assertThat(Options.of(List.of("--compare", "a.json", "b.json")).compared())
                .containsExactly(Path.of("a.json"), Path.of("b.json"));
    }

    @Test
    void readsTheBaselineOfAMeasurement() {
        Options options = Options.of(List.of("--compare", "a.json", "--quick"));

        assertThat(options.compared()).containsExactly(Path.of("a.json"));
        assertThat(options.has("--quick")).isTrue();
    }

    @Test
    void rejectsInvalidOptions() {
        assertThatThrownBy(() -> Options.of(List.of("--fast"))).hasMessage("Unknown: --fast");
        assertThatThrownBy(() -> Options.of(List.of("--out"))).hasMessage("--out needs a value");
        assertThatThrownBy(() -> Options.of(List.of("--reps", "0")).count("--reps"))
                .hasMessage("--reps is not a positive whole number: 0");
        assertThatThrownBy(() -> Options.of(List.of("--scenario", "(")).regex("--scenario"))
                .hasMessage("--scenario is not a regular expression: Unclosed group");
    }
}
