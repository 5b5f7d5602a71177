// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.FlumeVersion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The page has one line per trial. A comparison can leave out the lines of a Java that is not installed. */
class CompatibilityPageIT {
    private static final TrialResult ON_17 = new TrialResult(
            new Trial(FlumeVersion.FLUME_1_9_0, 17, KafkaVersion.KAFKA_4_4_0, "4.4.0"), Set.of(Flow.values()), "");
    private static final TrialResult ON_25 = new TrialResult(
            new Trial(FlumeVersion.FLUME_1_11_0, 25, KafkaVersion.KAFKA_0_10_0_1, "3.9.2"),
            Set.of(Flow.SINK_AND_SOURCE, Flow.TO_HDFS),
            "");

    @Test
    void hasOneLinePerTrialInTheOrderOfTheRun() {
        CompatibilityPage page = CompatibilityPage.of(List.of(ON_25, ON_17));

        assertThat(page.text()).contains("""
                | 1.11.0 | 25 | 0.10.0.1 | 3.9.2 | works | fails | works |
                | 1.9.0 | 17 | 4.4.0 | 4.4.0 | works | works | works |
                """);
        assertThat(page.javas()).containsExactly(17, 25);
    }

    @Test
    void leavesOutOnlyTheLinesOfAnotherJava() {
        CompatibilityPage both = CompatibilityPage.of(List.of(ON_17, ON_25));
        CompatibilityPage one = CompatibilityPage.of(List.of(ON_17));

        assertThat(both.only(Set.of(17))).isEqualTo(one);
        assertThat(both.only(Set.of(17, 25))).isEqualTo(both);
    }

    @Test
    void reportsTheTestAsSkippedIfAJavaIsMissing() {
        CompatibilityPage committed = CompatibilityPage.of(List.of(ON_17, ON_25));

        assertThatThrownBy(() -> compare(committed, List.of(ON_17)))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("docs/compatibility.md was compared only for Java [17]");
    }

    @Test
    void failsOnADifferentResultForAnInstalledJava() {
        CompatibilityPage committed = CompatibilityPage.of(List.of(ON_17, ON_25));
        TrialResult other = new TrialResult(ON_17.trial(), Set.of(Flow.CHANNEL), "the end of the log");

        assertThatThrownBy(() -> compare(committed, List.of(other)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the end of the log");
    }

    @Test
    void failsIfAJavaThatIsNotOnThePageDoesNotWork() {
        CompatibilityPage committed = CompatibilityPage.of(List.of(ON_17));

        assertThatThrownBy(() -> compare(committed, List.of(ON_17, ON_25)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("works with a Java that is not on the page");
    }

    private static void compare(CompatibilityPage committed, List<TrialResult> results) {
        CompatibilityIT.compare(committed, CompatibilityPage.of(results), results);
    }
}
