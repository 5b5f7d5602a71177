// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the guarantee allows and what breaks it. */
class OrderedPerPartitionTest {
    private final OrderedPerPartition guarantee = new OrderedPerPartition();

    @BeforeEach
    void send() {
        guarantee.addSent(0, List.of("a", "b", "c"));
        guarantee.addSent(1, List.of("x", "y"));
    }

    @Test
    void allowsDuplicates() {
        guarantee.addArrived(0, List.of("a", "b", "a", "b", "c"));
        guarantee.addArrived(1, List.of("x"));

        assertThatCode(guarantee::assertHolds).doesNotThrowAnyException();
    }

    @Test
    void reportsTheFirstEventOutOfOrder() {
        guarantee.addArrived(0, List.of("a", "c", "b"));

        assertThatThrownBy(guarantee::assertHolds)
                .isInstanceOf(AssertionError.class)
                .hasMessage("Partition 0 delivered 'b' for the first time after 'c', which was sent later");
    }

    @Test
    void reportsAnEventOfAnotherPartition() {
        guarantee.addArrived(1, List.of("a"));

        assertThatThrownBy(guarantee::assertHolds)
                .isInstanceOf(AssertionError.class)
                .hasMessage("Partition 1 delivered 'a', which was never sent to it");
    }
}
