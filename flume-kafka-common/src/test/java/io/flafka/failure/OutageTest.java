// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is logged of an outage: each new reason, and the end. */
class OutageTest {

    private final Outage<String> outage = new Outage<>();

    @Test
    void reportsAReasonOnceUntilItChanges() {
        assertThat(outage.begins("no broker")).isTrue();
        assertThat(outage.begins("no broker")).isFalse();
        assertThat(outage.begins("no right")).isTrue();
        assertThat(outage.begins("no broker")).isTrue();
    }

    @Test
    void reportsItsEndOnce() {
        assertThat(outage.ends()).isFalse();
        outage.begins("no broker");

        assertThat(outage.ends()).isTrue();
        assertThat(outage.ends()).isFalse();
    }

    @Test
    void reportsTheSameReasonAgainAfterItsEnd() {
        outage.begins("no broker");
        outage.ends();

        assertThat(outage.begins("no broker")).isTrue();
    }

    @Test
    void knowsItsLatestReason() {
        assertThat(outage.reason()).isEmpty();
        outage.begins("no broker");
        outage.begins("no right");

        assertThat(outage.reason()).contains("no right");
        outage.ends();
        assertThat(outage.reason()).isEmpty();
    }
}
