// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command line of {@code soak.sh}. */
class SoakOptionsTest {

    @Test
    void readsAllOptions() {
        assertThat(SoakOptions.parse(
                        List.of("--fast-producer", "--minutes", "0.5", "--plugin", "p.zip", "--results", "r")))
                .isEqualTo(new SoakOptions(
                        SoakOptions.Scenario.FAST_PRODUCER, Duration.ofSeconds(30), Path.of("p.zip"), Path.of("r")));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> SoakOptions.parse(List.of("--hours", "1"))).hasMessage("Unknown argument '--hours'");
        assertThatThrownBy(() -> SoakOptions.parse(List.of("--minutes"))).hasMessage("'--minutes' needs a value");
    }
}
