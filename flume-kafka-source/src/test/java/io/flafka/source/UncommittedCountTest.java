// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Counts the records that a kill would repeat. */
class UncommittedCountTest {

    private final UncommittedCount count = new UncommittedCount();

    @Test
    void whatIsDeliveredAfterACommitWasSentIsNotConfirmedByIt() {
        count.onDelivered(10);
        long first = count.mark();
        count.onDelivered(5);
        long second = count.mark();
        assertThat(count.unconfirmed()).isEqualTo(15);

        count.onConfirmed(first);
        assertThat(count.unconfirmed()).isEqualTo(5);
        count.onConfirmed(second);
        assertThat(count.unconfirmed()).isZero();
        count.onConfirmed(first);
        assertThat(count.unconfirmed()).isZero();
    }

    @Test
    void nothingIsLeftAfterAllPartitionsWereLost() {
        count.onDelivered(10);

        count.onNothingLeft();

        assertThat(count.unconfirmed()).isZero();
    }
}
