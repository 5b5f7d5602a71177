// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When the reason of a repeated failure is logged. */
class ChangingReasonTest {

    private final AtomicLong nanos = new AtomicLong();
    private final ChangingReason reason = new ChangingReason(nanos::get);

    @Test
    void theFirstReasonIsNewAndTheSameOneIsNot() {
        assertThat(reason.isNew("no file")).isTrue();
        move(Duration.ofHours(1));

        assertThat(reason.isNew("no file")).isFalse();
    }

    @Test
    void anotherReasonIsNewAfterAMinute() {
        reason.isNew("request 1 failed");

        move(Duration.ofSeconds(59));
        assertThat(reason.isNew("request 2 failed")).isFalse();
        move(Duration.ofSeconds(1));
        assertThat(reason.isNew("request 3 failed")).isTrue();
    }

    @Test
    void theNextFailureIsNewAtOnce() {
        reason.isNew("no file");
        reason.clear();

        assertThat(reason.isNew("no file")).isTrue();
    }

    private void move(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
