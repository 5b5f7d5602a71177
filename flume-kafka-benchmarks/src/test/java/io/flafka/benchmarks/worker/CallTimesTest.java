// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Computes quantiles. */
class CallTimesTest {

    @Test
    void takesTheValueAtTheRank() {
        CallTimes calls = new CallTimes();
        for (int i = 200; i > 0; i--) {
            calls.add(i);
        }

        assertThat(calls.quantiles()).isEqualTo(new CallTimes.Quantiles(200, 100, 198));
    }

    @Test
    void forgetsTheWarmUp() {
        CallTimes calls = new CallTimes();
        calls.add(1_000_000);

        calls.clear();
        calls.add(5);

        assertThat(calls.quantiles()).isEqualTo(new CallTimes.Quantiles(1, 5, 5));
    }

    @Test
    void hasNoValueWithoutACall() {
        assertThat(new CallTimes().quantiles().p50()).isNaN();
    }
}
