// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Transactional puts lose nothing, and show no part of a batch, in every state that is reachable; without one of the rules they do. */
class PutModelTest {

    private static final int BATCHES = 4;

    @Test
    void keepsItsPromisesInEveryState() {
        Explorer.Result result = new Explorer<PutModel>().explore(PutModel.initial(new PutRules(), BATCHES));

        ModelReport.write("put", BATCHES + " batches", result);
        assertThat(result.counterexample()).isEmpty();
        assertThat(result.states()).isEqualTo(69);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("an unknown outcome counts as success", "lost", new PutRules() {
                    @Override
                    boolean isUnknownSuccess() {
                        return true;
                    }
                }),
                Arguments.of("a refused record counts as success", "lost", new PutRules() {
                    @Override
                    boolean isRefusalSuccess() {
                        return true;
                    }
                }),
                Arguments.of("a batch is written without a transaction", "torn", new PutRules() {
                    @Override
                    boolean isTransactional() {
                        return false;
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void findsASeededFault(String fault, String promise, PutRules rules) {
        Explorer.Result result = new Explorer<PutModel>().explore(PutModel.initial(rules, BATCHES));

        ModelReport.write("put", fault, result);
        assertThat(result.counterexample())
                .get()
                .extracting(Explorer.Counterexample::promise)
                .asString()
                .startsWith(promise);
    }
}
