// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.torture.check.BrokenPromise.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The checker finds each bug of a simulated pipeline, by its name, and finds nothing in a pipeline without bugs. */
class SeededBugsTest {
    private static final int SEEDS = 200;
    private static final int SEEDS_PER_BUG = 20;
    private static final int STEPS = 1000;
    private static final Excuse KILL = Excuse.of("kill", Duration.ofSeconds(2)).repeatingAtMost(1);
    private static final Promise AT_LEAST_ONCE = Promise.atLeastOnce()
            .duplicatesAfter(KILL)
            .ending(BodyKind.POISON, Fate.DEAD_LETTER)
            .stallingAtMost(Duration.ofSeconds(10), Duration.ofSeconds(2));
    private static final Promise EXACTLY_ONCE = Promise.exactlyOnce()
            .ending(BodyKind.POISON, Fate.DEAD_LETTER)
            .stallingAtMost(Duration.ofSeconds(10), Duration.ofSeconds(2));
    private static final Map<SeededBug, Kind> EXPECTED = Map.of(
            SeededBug.COMMITS_ONE_TOO_FAR, Kind.LOST,
            SeededBug.SKIPS_A_RECORD, Kind.LOST,
            SeededBug.REPEATS_WITHOUT_END, Kind.DUPLICATED,
            SeededBug.REPEATS_AFTER_A_KILL, Kind.REPEATED,
            SeededBug.SWAPS_TWO_EVENTS, Kind.REORDERED,
            SeededBug.REPEATS_AN_EVENT, Kind.DUPLICATED,
            SeededBug.FORGETS_A_DEAD_LETTER, Kind.NOT_DEAD_LETTERED,
            SeededBug.REPEATS_A_DEAD_LETTER, Kind.DEAD_LETTERED_AGAIN,
            SeededBug.STANDS_STILL, Kind.STALLED);

    @TempDir
    private Path directory;

    private static Kind expected(SeededBug bug) {
        return Objects.requireNonNull(EXPECTED.get(bug));
    }

    private Verdict check(SimulatedHistory history, Promise promise) {
        return Checker.check(history.write(directory.resolve("history.jsonl")), promise);
    }

    private Verdict check(SeededBug bug, long seed) {
        return check(new SimulatedPipeline(seed, Delivery.AT_LEAST_ONCE, bug).run(STEPS), AT_LEAST_ONCE);
    }

    @Test
    void aPipelineWithoutBugsKeepsAtLeastOnceThroughManyKills() {
        long kills = 0;
        long duplicates = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedHistory history = new SimulatedPipeline(seed, Delivery.AT_LEAST_ONCE, SeededBug.NONE).run(STEPS);
            Verdict verdict = check(history, AT_LEAST_ONCE);
            assertThat(verdict.broken()).as("seed %d", seed).isEmpty();
            kills += verdict.faults().getOrDefault("kill", 0L);
            duplicates += verdict.duplicatesByFault().getOrDefault("kill", 0L);
        }
        assertThat(kills).isGreaterThan(2L * SEEDS);
        assertThat(duplicates).isGreaterThan(2L * SEEDS);
    }

    @Test
    void aPipelineWithoutBugsKeepsExactlyOnceThroughManyKills() {
        for (long seed = 0; seed < SEEDS / 3; seed++) {
            SimulatedHistory history = new SimulatedPipeline(seed, Delivery.EXACTLY_ONCE, SeededBug.NONE).run(STEPS);
            assertThat(check(history, EXACTLY_ONCE).broken())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void whatKeepsAtLeastOnceDoesNotKeepExactlyOnce() {
        SimulatedHistory history = new SimulatedPipeline(1, Delivery.AT_LEAST_ONCE, SeededBug.NONE).run(STEPS);

        assertThat(check(history, EXACTLY_ONCE).brokenByKind().keySet())
                .isSubsetOf(Set.of(Kind.DUPLICATED, Kind.DEAD_LETTERED_AGAIN))
                .contains(Kind.DUPLICATED);
    }

    @TestFactory
    Stream<DynamicTest> findsTheBugByItsName() {
        return EXPECTED.keySet().stream()
                .map(bug -> DynamicTest.dynamicTest(bug.name(), () -> {
                    for (long seed = 0; seed < SEEDS_PER_BUG; seed++) {
                        assertThat(check(bug, seed).brokenByKind())
                                .as("seed %d", seed)
                                .containsOnlyKeys(expected(bug));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> countsEachWrongEventOnce() {
        return Stream.of(
                        SeededBug.COMMITS_ONE_TOO_FAR,
                        SeededBug.SKIPS_A_RECORD,
                        SeededBug.REPEATS_AN_EVENT,
                        SeededBug.SWAPS_TWO_EVENTS)
                .map(bug -> DynamicTest.dynamicTest(
                        bug.name(),
                        () -> assertThat(check(bug, 1).count(expected(bug))).isEqualTo(1)));
    }
}
