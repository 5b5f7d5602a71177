// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The limit of waits that name none. */
class WaitLimitTest {

    @Test
    void aWaitMayTakeLongerThanTheTenSecondsOfAwaitility() {
        AtomicLong leftMillis = new AtomicLong();

        Awaitility.await()
                .conditionEvaluationListener(condition -> leftMillis.set(condition.getRemainingTimeInMS()))
                .until(() -> true);

        assertThat(Duration.ofMillis(leftMillis.get())).isGreaterThan(Duration.ofSeconds(30));
    }
}
