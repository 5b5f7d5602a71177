// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.torture.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command line of the torture run. */
class TortureOptionsTest {

    @Test
    void sharesTheMinutesAmongThePipelines() {
        TortureOptions options = TortureOptions.parse(List.of("--minutes", "4", "--seed", "7"));

        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.faultsPerPipeline())
                .isEqualTo(Duration.ofMinutes(4).dividedBy(options.pipelines().size()));
    }

    @Test
    void runsOnePipelineIfOneIsNamed() {
        assertThat(TortureOptions.parse(List.of("--pipeline", "seq-channel-sink"))
                        .pipelines())
                .extracting(Pipeline::name)
                .containsExactly("seq-channel-sink");
    }

    @Test
    void leavesOutWhatFlumesOwnComponentsDoNotHave() {
        assertThat(TortureOptions.parse(List.of("--components", "stock")).pipelines())
                .extracting(Pipeline::name)
                .contains("seq-channel-sink")
                .doesNotContain("transactional-put", "channel-sink-exactly-once");
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> TortureOptions.parse(List.of("--pipeline", "none")))
                .hasMessageStartingWith("No pipeline none; there are [seq-channel-sink, ");
        assertThatThrownBy(() -> TortureOptions.parse(List.of("--sede", "7")))
                .hasMessageContaining("--seed")
                .hasMessageContaining("--sede");
    }
}
