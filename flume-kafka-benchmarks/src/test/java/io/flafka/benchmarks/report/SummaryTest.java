// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Summarizes repetitions. */
class SummaryTest {

    @Test
    void takesTheMiddleOfAnOddNumber() {
        assertThat(Summary.of(List.of(30.0, 10.0, 20.0))).isEqualTo(new Summary(3, 20.0, 1.0));
    }

    @Test
    void takesTheMeanOfTheTwoMiddleValuesOfAnEvenNumber() {
        assertThat(Summary.of(List.of(10.0, 40.0, 20.0, 30.0)).median()).isEqualTo(25.0);
    }

    @Test
    void ignoresNaN() {
        assertThat(Summary.of(List.of(Double.NaN, 7.0))).isEqualTo(new Summary(1, 7.0, 0.0));
    }

    @Test
    void isAbsentWithoutValues() {
        Summary none = Summary.of(List.of());

        assertThat(none.isPresent()).isFalse();
        assertThat(none.median()).isNaN();
    }

    @Test
    void computesTheRatioToAnother() {
        Summary ours = Summary.of(List.of(250.0));

        assertThat(ours.ratioTo(Summary.of(List.of(100.0)))).isCloseTo(2.5, within(1e-9));
        assertThat(ours.ratioTo(Summary.of(List.of()))).isNaN();
    }
}
