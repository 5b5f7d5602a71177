// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.benchmarks.worker.LoadKind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which contender is measured in which scenario. */
class ContendersTest {

    @Test
    void stockAndOursTakePartEverywhere() throws IOException {
        for (Scenario scenario : Scenarios.all()) {
            assertThat(Contenders.standard())
                    .filteredOn(contender -> scenario.name().matches(contender.scenarios()))
                    .extracting(Contender::name)
                    .contains("stock", "ours");
        }
    }

    @Test
    void bareHasACounterpartForEachLoadBodyAndRoute() throws IOException {
        Contender bare = Contenders.standard().stream()
                .filter(contender -> contender.name().equals("bare"))
                .findFirst()
                .orElseThrow();
        List<String> measured = withWork().stream()
                .filter(scenario -> scenario.name().matches(bare.scenarios()))
                .map(ContendersTest::kind)
                .toList();

        assertThat(withWork()).extracting(ContendersTest::kind).isSubsetOf(measured);
    }

    @Test
    void mirrorMakerAndExactlyOnceAreMeasuredOnlyFromTopicToTopic() throws IOException {
        assertThat(Contenders.standard())
                .filteredOn(contender ->
                        List.of("mirror-maker", "ours-exactly-once").contains(contender.name()))
                .hasSize(2)
                .allSatisfy(contender -> assertThat(Scenarios.all())
                        .filteredOn(scenario -> scenario.name().matches(contender.scenarios()))
                        .extracting(Scenario::load)
                        .containsOnly(LoadKind.COPY));
    }

    private static List<Scenario> withWork() {
        return Scenarios.all().stream().filter(scenario -> !scenario.isIdle()).toList();
    }

    private static String kind(Scenario scenario) {
        return scenario.load() + " " + scenario.body() + " " + scenario.route();
    }

    @Test
    void namesAreUnique() {
        assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
    }
}
