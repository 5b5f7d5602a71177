// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How far the next batch goes. */
class BatchLimitTest {

    private final BatchLimit limit = new BatchLimit(10);

    @Test
    void aBatchIsAsLargeAsAllowedWhileNothingFails() {
        limit.delivered(10);

        assertThat(limit.next()).isEqualTo(10);
        assertThat(limit.isCautious()).isFalse();
    }

    @Test
    void afterAFailureItEndsBeforeTheSuspectWhichThenIsAlone() {
        limit.failed(4);
        assertThat(limit.next()).isEqualTo(4);

        limit.delivered(3);
        assertThat(limit.next()).isEqualTo(1);
        limit.delivered(1);
        assertThat(limit.next()).isEqualTo(1);
        assertThat(limit.isCautious()).isTrue();

        limit.delivered(1);
        assertThat(limit.next()).isEqualTo(10);
        assertThat(limit.isCautious()).isFalse();
    }

    @Test
    void theSuspectStaysAloneAsLongAsItFails() {
        limit.failed(0);
        limit.failed(0);
        limit.delivered(0);

        assertThat(limit.next()).isEqualTo(1);
        assertThat(limit.isCautious()).isTrue();
    }
}
