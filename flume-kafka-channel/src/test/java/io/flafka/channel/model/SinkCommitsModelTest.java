// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.channel.take.TakeTransaction;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.testing.SilencedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sinks that commit the offsets of the real take side write each record once, after each operation in each state of a small world. */
class SinkCommitsModelTest {

    private final SilencedLog log = new SilencedLog(TakeTransaction.class);

    @AfterEach
    void restoreLog() {
        log.close();
    }

    @ParameterizedTest(name = "{0} partitions, {1} sinks, {2} records, {3} operations")
    @CsvSource({"1, 2, 3, 12", "2, 2, 2, 8"})
    void writesEachRecordOnceInEachState(int partitions, int sinks, int records, int operations) {
        Explorer.Result result = new Explorer<ComparedState<SinkCommitsRun.Operation>>()
                .explore(new ComparedState<>(() -> new SinkCommitsRun(partitions, sinks, records), operations));

        ModelReport.write("sink-commits", "%d %d %d %d".formatted(partitions, sinks, records, operations), result);
        assertThat(result.counterexample()).isEmpty();
    }

    @Test
    void findsAnUnknownOutcomeThatCountsAsFailure() {
        Explorer.Result result = new Explorer<ComparedState<SinkCommitsRun.Operation>>()
                .explore(new ComparedState<>(
                        () -> new SinkCommitsRun(1, 2, 3) {
                            @Override
                            void onCommitTried(OffsetsToCommit of) {
                                // The sink believes that its transaction was aborted.
                            }
                        },
                        12));

        ModelReport.write("sink-commits", "an unknown outcome counts as failure", result);
        assertThat(result.counterexample()).isPresent();
    }
}
