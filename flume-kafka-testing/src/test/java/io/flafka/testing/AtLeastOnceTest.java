// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the guarantee allows and what breaks it. */
class AtLeastOnceTest {
    private final AtLeastOnce guarantee = new AtLeastOnce();

    @Test
    void allowsDuplicatesAndUnacknowledgedArrivals() {
        guarantee.addSent(List.of("a", "b", "c"));
        guarantee.addAcknowledged(List.of("a", "b"));
        guarantee.addArrived(List.of("b", "a", "a", "c"));

        assertThatCode(guarantee::assertHolds).doesNotThrowAnyException();
        assertThat(guarantee.duplicates()).isEqualTo(1);
    }

    @Test
    void listsMissingEventsAndEventsNeverSent() {
        guarantee.addAcknowledged(new NumberedEvents("e").next(12));
        guarantee.addArrived(List.of("e-0000012", "x"));

        assertThatThrownBy(guarantee::assertHolds)
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "Not at least once: 11 of 12 acknowledged events never arrived: e-0000001, e-0000002, e-0000003,"
                                + " e-0000004, e-0000005, e-0000006, e-0000007, e-0000008, e-0000009, e-0000010, ...;"
                                + " 1 events arrived that were never sent: x");
    }
}
