// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the guarantee allows and what breaks it. */
class AtLeastOnceTest {
    private final AtLeastOnce promise = new AtLeastOnce();

    @Test
    void allowsDuplicatesAndUnacknowledgedArrivals() {
        promise.addSent(List.of("a", "b", "c"));
        promise.addAcknowledged(List.of("a", "b"));
        promise.addArrived(List.of("b", "a", "a", "c"));

        assertThatCode(promise::assertHolds).doesNotThrowAnyException();
        assertThat(promise.duplicates()).isEqualTo(1);
    }

    @Test
    void listsMissingEventsAndEventsNeverSent() {
        promise.addAcknowledged(new NumberedEvents("e").next(12));
        promise.addArrived(List.of("e-0000012", "x"));

        assertThatThrownBy(promise::assertHolds)
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "Not at least once: 11 of 12 acknowledged events never arrived: e-0000001, e-0000002, e-0000003,"
                                + " e-0000004, e-0000005, e-0000006, e-0000007, e-0000008, e-0000009, e-0000010, ...;"
                                + " 1 events arrived that were never sent: x");
    }
}
