// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.channel.take.AssignedQueues;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.channel.take.TakeTransaction;
import io.flafka.testing.SilencedLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real take side gives the records, and commits the offsets, that the ledger says: after each operation in each state of a small world, and after
 * each of thousands of random ones. Seeded faults in it are found.
 */
class TakeSideModelTest {

    private static final TakeSideRun.Size LARGE_IN_ORDER = new TakeSideRun.Size(TakeOrdering.PARTITION, 3, 4, 1_000, 9);
    private static final TakeSideRun.Size LARGE = new TakeSideRun.Size(TakeOrdering.NONE, 3, 4, 1_000, 9);
    private static final int OPERATIONS = 4_000;

    /** Both warn of events that can be delivered again. */
    private final SilencedLog log = new SilencedLog(AssignedQueues.class, TakeTransaction.class);

    @AfterEach
    void restoreLog() {
        log.close();
    }

    static Stream<Arguments> sizes() {
        return Stream.of(TakeOrdering.values())
                .flatMap(ordering -> Stream.of(
                        Arguments.of(new TakeSideRun.Size(ordering, 1, 2, 3, 2), 9),
                        Arguments.of(new TakeSideRun.Size(ordering, 2, 2, 2, 1), 7)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void agreesWithTheLedgerAfterEachOperationInEachState(TakeSideRun.Size size, int operations) {
        Explorer.Result result = explore(size, RealTakeSide::new, operations);

        ModelReport.write("take-side", size + " up to " + operations, result);
        assertThat(result.counterexample()).isEmpty();
    }

    @RepeatedTest(20)
    void agreesWithTheLedgerInLongRandomRuns() {
        long seed = new Random().nextLong();

        assertThat(randomFailure(LARGE_IN_ORDER, RealTakeSide::new, seed))
                .as("seed %d", seed)
                .isEmpty();
        assertThat(randomFailure(LARGE, RealTakeSide::new, seed))
                .as("seed %d", seed)
                .isEmpty();
    }

    static Stream<Arguments> faultsOfTakes() {
        return Stream.of(
                Arguments.of("an offset one too far is sent", fault(ordering -> new RealTakeSide(ordering) {
                    @Override
                    Map<Integer, Integer> sendCommit() {
                        Map<Integer, Integer> offsets = new HashMap<>(super.sendCommit());
                        offsets.replaceAll((partition, offset) -> offset + 1);
                        return offsets;
                    }
                })),
                Arguments.of("a rollback skips records", fault(ordering -> new RealTakeSide(ordering) {
                    @Override
                    void rollBack(int s) {
                        super.complete(s);
                    }
                })),
                Arguments.of(
                        "delivered records are given again for ever", fault(ordering -> new RealTakeSide(ordering) {
                            @Override
                            int complete(int s) {
                                super.rollBack(s);
                                return 0;
                            }
                        })));
    }

    static Stream<Arguments> faultsOfPositions() {
        return Stream.of(
                Arguments.of("a revocation is ignored", fault(ordering -> new RealTakeSide(ordering) {
                    @Override
                    void revoke(int p) {
                        super.drain(p);
                    }
                })),
                Arguments.of("a recreation is forgotten", fault(ordering -> new RealTakeSide(ordering) {
                    @Override
                    void forget(int p) {
                        super.drain(p);
                    }
                })),
                Arguments.of("an answer counts for later offsets", fault(ordering -> new RealTakeSide(ordering) {
                    @Override
                    void confirmCommit() {
                        super.sendCommit();
                        super.confirmCommit();
                    }
                })));
    }

    private static Function<TakeOrdering, RealTakeSide> fault(Function<TakeOrdering, RealTakeSide> fault) {
        return fault;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"faultsOfTakes", "faultsOfPositions"})
    void findsASeededFault(String fault, Function<TakeOrdering, RealTakeSide> real) {
        Explorer.Result result = explore(new TakeSideRun.Size(TakeOrdering.PARTITION, 1, 2, 3, 2), real, 9);

        ModelReport.write("take-side", fault, result);
        assertThat(result.counterexample()).isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"faultsOfTakes", "faultsOfPositions"})
    void aRandomRunFindsASeededFaultAndIsShrunk(String fault, Function<TakeOrdering, RealTakeSide> real) {
        List<TakeSideRun.Operation> failure = randomFailure(LARGE_IN_ORDER, real, 1);

        ModelReport.write("take-side", fault + " at random", failure);
        assertThat(failure).hasSizeBetween(1, 20);
    }

    private static Explorer.Result explore(
            TakeSideRun.Size size, Function<TakeOrdering, RealTakeSide> real, int operations) {
        return new Explorer<ComparedState<TakeSideRun.Operation>>()
                .explore(new ComparedState<>(() -> new TakeSideRun(size, real), operations));
    }

    /** Returns the operations of a random run after which the real take side differs, without those that are not needed; empty if it never does. */
    private static List<TakeSideRun.Operation> randomFailure(
            TakeSideRun.Size size, Function<TakeOrdering, RealTakeSide> real, long seed) {
        Random random = new Random(seed);
        List<TakeSideRun.Operation> all = TakeSideRun.allByFrequency(size);
        List<TakeSideRun.Operation> operations = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            operations.add(all.get(random.nextInt(all.size())));
        }
        int failing = failingLength(size, real, operations);
        operations.subList(failing, operations.size()).clear();
        for (int i = operations.size() - 1; i >= 0; i--) {
            TakeSideRun.Operation left = operations.remove(i);
            if (failingLength(size, real, operations) == 0) {
                operations.add(i, left);
            }
        }
        return operations;
    }

    /** Does these operations, but those that are not possible. Returns after how many the real take side differs; 0 if it never does. */
    private static int failingLength(
            TakeSideRun.Size size, Function<TakeOrdering, RealTakeSide> real, List<TakeSideRun.Operation> operations) {
        TakeSideRun run = new TakeSideRun(size, real);
        for (int i = 0; i < operations.size(); i++) {
            TakeSideRun.Operation operation = operations.get(i);
            if (run.isPossible(operation) && run.apply(operation).isPresent()) {
                return i + 1;
            }
        }
        return 0;
    }
}
