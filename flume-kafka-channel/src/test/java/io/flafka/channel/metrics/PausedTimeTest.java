// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.metrics.MetricGroup;
import org.junit.jupiter.api.Test;

/** The time in which at least one reader has paused a partition. */
class PausedTimeTest {

    private final MetricGroup group = new MetricGroup();
    private final PausedTime time = new PausedTime(group);

    @Test
    void runsUntilTheLastReaderGoesOn() {
        PausedTime.OfReader first = time.newReader();
        PausedTime.OfReader second = time.newReader();
        first.set(true);
        second.set(false);
        second.set(true);
        first.set(true);
        first.set(false);
        long whileSecond = paused();

        await().until(() -> paused() > whileSecond);
        second.set(false);

        long after = paused();
        assertThat(paused()).isEqualTo(after);
    }

    @Test
    void aReaderOfAnEarlierRunDoesNotCount() {
        PausedTime.OfReader old = time.newReader();
        PausedTime.OfReader current = time.newReader();
        old.set(true);
        group.reset();

        old.set(false);
        assertThat(paused()).isZero();
        current.set(true);

        await().until(() -> paused() > 0);
    }

    private long paused() {
        return group.number("PausedMillis");
    }
}
