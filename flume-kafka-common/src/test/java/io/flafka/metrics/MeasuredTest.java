// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tests the values that a group computes: times, batch sizes, the last error. */
class MeasuredTest {

    private final MetricGroup group = new MetricGroup();

    @Test
    void isHeldUpFromAFailureToTheNextSuccess() {
        AtomicLong clock = new AtomicLong();
        HeldUpTime heldUp = new HeldUpTime(group, "HeldUpMillis", "held up", clock::get);
        heldUp.onSuccess();
        later(clock, 5);
        heldUp.onFailure();
        assertThat(group.number("HeldUpMillis")).isZero();

        later(clock, 10);
        assertThat(group.number("HeldUpMillis")).isEqualTo(10);
        heldUp.onFailure();
        later(clock, 20);
        heldUp.onSuccess();
        assertThat(group.number("HeldUpMillis")).isEqualTo(30);
        later(clock, 40);
        heldUp.onSuccess();
        heldUp.onFailure();
        assertThat(group.number("HeldUpMillis")).isEqualTo(30);

        group.reset();
        later(clock, 80);
        heldUp.onSuccess();
        assertThat(group.number("HeldUpMillis")).isZero();
    }

    @Test
    void isNotHeldUpForLongIfNobodyTriesAgain() {
        AtomicLong clock = new AtomicLong();
        HeldUpTime heldUp = new HeldUpTime(group, "HeldUpMillis", "held up", clock::get);
        heldUp.onFailure();

        later(clock, 60_000);
        assertThat(group.number("HeldUpMillis")).isEqualTo(10_000);
        heldUp.onFailure();
        assertThat(group.number("HeldUpMillis")).isEqualTo(60_000);
    }

    private static void later(AtomicLong clock, int millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void batchesWithoutEventsDoNotCount() {
        BatchSizes batches = new BatchSizes(group, "Batch", "batches");
        assertThat(group.find("BatchSizeAverage")).contains(0.0);

        batches.add(0);
        batches.add(1);
        batches.add(4);

        assertThat(group.find("BatchSizeAverage")).contains(2.5);
        assertThat(group.number("BatchSizeMax")).isEqualTo(4);
        group.reset();
        assertThat(group.find("BatchSizeAverage")).contains(0.0);
        assertThat(group.number("BatchSizeMax")).isZero();
    }

    @Test
    void theLastErrorHasItsTimeAndStaysUntilTheNextStart() {
        LastError last = new LastError(group);
        assertThat(group.find("LastError")).contains("");
        assertThat(group.number("LastErrorTime")).isZero();

        last.set("refused\nby Kafka");

        assertThat(group.find("LastError")).isEqualTo(Optional.of("refused\\u000aby Kafka"));
        assertThat(group.number("LastErrorTime")).isPositive();
        group.reset();
        assertThat(group.find("LastError")).contains("");
    }
}
