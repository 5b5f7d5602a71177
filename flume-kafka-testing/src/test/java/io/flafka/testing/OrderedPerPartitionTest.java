// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the guarantee allows and what breaks it. */
class OrderedPerPartitionTest {
    private final OrderedPerPartition promise = new OrderedPerPartition();

    @BeforeEach
    void send() {
        promise.addSent(0, List.of("a", "b", "c"));
        promise.addSent(1, List.of("x", "y"));
    }

    @Test
    void allowsDuplicates() {
        promise.addArrived(0, List.of("a", "b", "a", "b", "c"));
        promise.addArrived(1, List.of("x"));

        assertThatCode(promise::assertHolds).doesNotThrowAnyException();
    }

    @Test
    void reportsTheFirstEventOutOfOrder() {
        promise.addArrived(0, List.of("a", "c", "b"));

        assertThatThrownBy(promise::assertHolds)
                .isInstanceOf(AssertionError.class)
                .hasMessage("Partition 0 delivered 'b' for the first time after 'c', which was sent later");
    }

    @Test
    void reportsAnEventOfAnotherPartition() {
        promise.addArrived(1, List.of("a"));

        assertThatThrownBy(promise::assertHolds)
                .isInstanceOf(AssertionError.class)
                .hasMessage("Partition 1 delivered 'a', which was never sent to it");
    }
}
