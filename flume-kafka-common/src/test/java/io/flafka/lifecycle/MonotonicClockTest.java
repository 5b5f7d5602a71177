// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** A clock that a change of the system time does not affect. */
class MonotonicClockTest {

    @Test
    void measuresElapsedTimeNotTimeOfDay() {
        Instant before = MonotonicClock.INSTANCE.instant();
        Instant after = MonotonicClock.INSTANCE.instant();

        assertThat(after).isAfterOrEqualTo(before);
        assertThat(Duration.between(Instant.EPOCH, after)).isLessThan(Duration.ofDays(1));
    }

    @Test
    void advancesWithSystemNanoTime() {
        Instant before = MonotonicClock.INSTANCE.instant();
        long nanos = System.nanoTime();
        while (System.nanoTime() - nanos < 1_000_000) {
            Thread.onSpinWait();
        }

        assertThat(Duration.between(before, MonotonicClock.INSTANCE.instant())).isGreaterThan(Duration.ofMillis(1));
        assertThat(MonotonicClock.INSTANCE.withZone(ZoneOffset.UTC)).isSameAs(MonotonicClock.INSTANCE);
    }
}
