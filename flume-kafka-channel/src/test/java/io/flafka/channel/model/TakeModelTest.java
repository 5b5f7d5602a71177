// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.channel.model.TakeWorld.Commit;
import io.flafka.channel.model.TakeWorld.Partition;
import io.flafka.channel.model.TakeWorld.Queue;
import io.flafka.channel.take.TakeOrdering;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The take side loses nothing, keeps the order of a partition, and gets its work done, in every state that two agents can reach within these bounds. If
 * one rule is wrong, a shortest trace to the fault is found.
 */
class TakeModelTest {

    private static final String LOST = "lost: the group's offset is beyond a record that was not delivered";
    private static final String DISORDERED =
            "out of order: a record was delivered before one that is before it in the partition";
    private static final String REWOUND = "the group's offset goes back";
    private static final String SHARED = "two sinks hold records of one partition";
    private static final String STALLED = Explorer.STALLED;

    /** Enough for each seeded fault. */
    private static final TakeBounds SMALL = new TakeBounds(TakeOrdering.PARTITION, 1, 2, 2, 2);

    static Stream<Arguments> bounds() {
        return Stream.of(
                Arguments.of(SMALL, 35702),
                Arguments.of(new TakeBounds(TakeOrdering.PARTITION, 1, 3, 2, 1), 10957),
                Arguments.of(new TakeBounds(TakeOrdering.NONE, 1, 3, 2, 1), 26263),
                Arguments.of(new TakeBounds(TakeOrdering.PARTITION, 2, 1, 2, 1), 10247),
                Arguments.of(new TakeBounds(TakeOrdering.PARTITION, 2, 2, 1, 0), 2897));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void keepsItsPromisesInEveryState(TakeBounds bounds, int states) {
        Explorer.Result result = new Explorer<TakeModel>().explore(new TakeModel(bounds, new TakeRules()));

        ModelReport.write("take", bounds.toString(), result);
        assertThat(result.counterexample()).isEmpty();
        assertThat(result.states()).isEqualTo(states);
    }

    static Stream<Arguments> faultsOfTakes() {
        return Stream.of(
                Arguments.of("an offset one too far", LOST, new TakeRules() {
                    @Override
                    int offsetToCommit(Queue queue) {
                        return Math.min(queue.position, super.offsetToCommit(queue) + 1);
                    }
                }),
                Arguments.of("a record is skipped by a rollback", DISORDERED, new TakeRules() {
                    @Override
                    void rollBack(Queue queue, int taken) {
                        super.rollBack(queue, taken & (taken - 1));
                        queue.open &= ~taken;
                    }
                }),
                Arguments.of("records in open transactions do not hold the offset back", LOST, new TakeRules() {
                    @Override
                    int offsetToCommit(Queue queue) {
                        return queue.waiting == 0 ? queue.position : Integer.numberOfTrailingZeros(queue.waiting);
                    }
                }),
                Arguments.of("a claim is not released by a revocation", STALLED, new TakeRules() {
                    @Override
                    int claimsLeftBy(Queue dropped) {
                        return dropped.claims;
                    }
                }),
                Arguments.of("two sinks share a partition", SHARED, new TakeRules() {
                    @Override
                    boolean allowsTake(Queue queue, int sink) {
                        return true;
                    }
                }));
    }

    static Stream<Arguments> faultsOfPositions() {
        return Stream.of(
                Arguments.of("the old owner's commit is accepted", REWOUND, new TakeRules() {
                    @Override
                    boolean accepts(Commit commit) {
                        return true;
                    }
                }),
                Arguments.of("an answer counts for a later queue", STALLED, new TakeRules() {
                    @Override
                    boolean isAnswerFor(Commit commit, int partition) {
                        return true;
                    }
                }),
                Arguments.of("a recreated topic is not noticed", STALLED, new TakeRules() {
                    @Override
                    boolean noticesRecreation(Queue queue, Partition partition) {
                        return false;
                    }
                }),
                Arguments.of("the offset of a topic's predecessor is used", LOST, new TakeRules() {
                    @Override
                    int startOf(Partition partition) {
                        return partition.committed;
                    }
                }),
                Arguments.of("records are given again for ever", STALLED, new TakeRules() {
                    @Override
                    void complete(Queue queue, int taken) {
                        rollBack(queue, taken);
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"faultsOfTakes", "faultsOfPositions"})
    void findsASeededFault(String fault, String promise, TakeRules rules) {
        Explorer.Result result = new Explorer<TakeModel>().explore(new TakeModel(SMALL, rules));

        ModelReport.write("take", fault, result);
        assertThat(result.counterexample())
                .get()
                .extracting(Explorer.Counterexample::promise)
                .isEqualTo(promise);
    }

    @Test
    void theTraceIsAShortestOne() {
        Explorer.Result result = new Explorer<TakeModel>().explore(new TakeModel(SMALL, new TakeRules() {
            @Override
            int offsetToCommit(Queue queue) {
                return queue.waiting == 0 ? queue.position : Integer.numberOfTrailingZeros(queue.waiting);
            }
        }));

        assertThat(result.counterexample()).hasToString("""
                Optional[lost: the group's offset is beyond a record that was not delivered
                  1. agent 0 is assigned partition 0
                  2. agent 0 polls partition 0
                  3. sink 0 of agent 0 takes offset 0 of partition 0
                  4. agent 0 sends an offset commit
                  5. Kafka gets the offset commit of agent 0]""");
    }
}
