// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.channel.model.ExactlyOnceWorld.Agent;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A sink whose transactions carry the channel's offsets writes each record exactly once, in every state that two agents can reach within these bounds.
 * Each rule is needed for it: without any one of them, a shortest trace to a loss or a duplicate is found.
 */
class ExactlyOnceModelTest {

    private static final String LOST = "lost: the group's offset is beyond a record that was not delivered";
    private static final String TWICE = "twice: a record is in two committed transactions";

    @ParameterizedTest(name = "{0} records, {1} faults, {2} transactional ids")
    @CsvSource({"2, 2, 2, 45627", "2, 2, 1, 41825", "3, 1, 2, 23309", "3, 1, 1, 22654"})
    void writesEachRecordOnceInEveryState(int records, int faults, int ids, int states) {
        Explorer.Result result = explore(records, faults, ids, new ExactlyOnceRules());

        ModelReport.write("exactly-once", "%d records %d faults %d ids".formatted(records, faults, ids), result);
        assertThat(result.counterexample()).isEmpty();
        assertThat(result.states()).isEqualTo(states);
    }

    static Stream<Arguments> faultsOfOffsets() {
        return Stream.of(
                Arguments.of("an offset one too far", LOST, new ExactlyOnceRules() {
                    @Override
                    int offsetAfter(int records) {
                        return Math.min(2, super.offsetAfter(records) + 1);
                    }
                }),
                Arguments.of("the offset is committed apart from the transaction", TWICE, new ExactlyOnceRules() {
                    @Override
                    boolean carriesOffsets() {
                        return false;
                    }
                }),
                Arguments.of("a transaction goes on after a revocation", TWICE, new ExactlyOnceRules() {
                    @Override
                    boolean abortsAfterRevocation() {
                        return false;
                    }
                }),
                Arguments.of("the offset of an expelled member is accepted", TWICE, new ExactlyOnceRules() {
                    @Override
                    boolean checksGeneration() {
                        return false;
                    }
                }));
    }

    static Stream<Arguments> faultsOfTransactions() {
        return Stream.of(
                Arguments.of("an unknown outcome counts as success", LOST, new ExactlyOnceRules() {
                    @Override
                    void settleUnknown(Agent agent) {
                        agent.taken = 0;
                    }
                }),
                Arguments.of("an unknown outcome counts as failure", TWICE, new ExactlyOnceRules() {
                    @Override
                    void settleUnknown(Agent agent) {
                        if (agent.queue != null) {
                            agent.queue.waiting |= agent.taken;
                        }
                    }
                }),
                Arguments.of("an offset in an open transaction is not waited for", TWICE, new ExactlyOnceRules() {
                    @Override
                    boolean waitsForOpenOffsets() {
                        return false;
                    }
                }),
                Arguments.of("the predecessor is not fenced", LOST, new ExactlyOnceRules() {
                    @Override
                    boolean fencesPredecessor() {
                        return false;
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"faultsOfOffsets", "faultsOfTransactions"})
    void findsASeededFault(String fault, String promise, ExactlyOnceRules rules) {
        Explorer.Result result = explore(2, 2, 2, rules);

        ModelReport.write("exactly-once", fault, result);
        assertThat(result.counterexample())
                .get()
                .extracting(Explorer.Counterexample::promise)
                .isEqualTo(promise);
    }

    private static Explorer.Result explore(int records, int faults, int ids, ExactlyOnceRules rules) {
        return new Explorer<ExactlyOnceModel>()
                .explore(new ExactlyOnceModel(new ExactlyOnceWorld(records, faults, ids), rules));
    }
}
