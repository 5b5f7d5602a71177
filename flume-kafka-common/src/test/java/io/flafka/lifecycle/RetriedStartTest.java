// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.MovedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flume.FlumeException;
import org.junit.jupiter.api.Test;

/** When the start of a component is tried again. */
class RetriedStartTest {

    private final MovedClock clock = new MovedClock();
    private final List<Long> attempts = new ArrayList<>();
    private RuntimeException failure = new FlumeException("no broker");
    private boolean fails = true;
    private final RetriedStart<String> start = new RetriedStart<>(this::attempt, clock);

    private String attempt() {
        attempts.add(clock.instant().getEpochSecond());
        if (fails) {
            throw failure;
        }
        return "run";
    }

    @Test
    void startsAtOnceIfItCan() {
        fails = false;

        assertThat(start.start()).isEqualTo("run");
    }

    @Test
    void triesLessAndLessOftenButAtLeastOnceAMinute() {
        for (int second = 0; second <= 240; second++) {
            assertThatThrownBy(start::start).isInstanceOf(FlumeException.class).hasMessage("no broker");
            clock.move(Duration.ofSeconds(1));
        }

        assertThat(attempts).containsExactly(0L, 5L, 15L, 35L, 75L, 135L, 195L);
    }

    @Test
    void startsWhenTheCauseIsGone() {
        assertThatThrownBy(start::start).hasMessage("no broker");
        fails = false;

        assertThatThrownBy(start::start).hasMessage("no broker");
        clock.move(Duration.ofSeconds(5));

        assertThat(start.start()).isEqualTo("run");
    }

    @Test
    void namesAFailureThatIsNotOfFlume() {
        failure = new IllegalStateException("broken");

        assertThatThrownBy(start::start)
                .isInstanceOf(FlumeException.class)
                .hasMessage("java.lang.IllegalStateException: broken")
                .hasCause(failure);
    }
}
