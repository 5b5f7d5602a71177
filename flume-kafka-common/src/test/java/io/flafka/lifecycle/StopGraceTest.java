// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stop does not end a wait for Kafka at once, and is not forgotten. */
@Timeout(30)
class StopGraceTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** Interrupts its first waiter, and has the answer for the second wait. */
    private static final class AnswerAfterInterrupt extends CompletableFuture<String> {

        @Override
        public String get(long timeout, TimeUnit unit)
                throws InterruptedException, ExecutionException, TimeoutException {
            if (complete("answer")) {
                throw new InterruptedException();
            }
            return super.get(timeout, unit);
        }
    }

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void anInterruptedWaitGoesOn() throws Exception {
        try (StopGrace grace = new StopGrace()) {
            assertThat(grace.await(new AnswerAfterInterrupt(), LONG)).isEqualTo("answer");
            assertThat(grace.isOver()).isFalse();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aThreadThatIsInterruptedAlreadyWaitsToo() throws Exception {
        Thread.currentThread().interrupt();

        try (StopGrace grace = new StopGrace()) {
            assertThat(grace.await(CompletableFuture.completedFuture(1), LONG)).isEqualTo(1);
        }

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void allWaitsTogetherEndWithTheGrace() {
        Thread.currentThread().interrupt();
        Future<String> never = new CompletableFuture<>();

        try (StopGrace grace = new StopGrace()) {
            assertThatThrownBy(() -> grace.await(never, LONG)).isInstanceOf(TimeoutException.class);
            assertThat(grace.isOver()).isTrue();
            assertThatThrownBy(() -> grace.await(never, LONG)).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void withoutAStopTheTimeoutCounts() {
        try (StopGrace grace = new StopGrace()) {
            assertThatThrownBy(() -> grace.await(new CompletableFuture<>(), Duration.ofMillis(1)))
                    .isInstanceOf(TimeoutException.class);
            assertThat(grace.isOver()).isFalse();
        }

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aFailureIsReported() {
        try (StopGrace grace = new StopGrace()) {
            assertThatThrownBy(() -> grace.await(CompletableFuture.failedFuture(new ArithmeticException()), LONG))
                    .hasCauseInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void aCallThatWasInterruptedIsRepeatedOnce() {
        AtomicInteger calls = new AtomicInteger();

        try (StopGrace grace = new StopGrace()) {
            assertThat(grace.call(() -> {
                        if (calls.incrementAndGet() == 1) {
                            throw new InterruptException(new InterruptedException());
                        }
                        return "sent";
                    }))
                    .isEqualTo("sent");
        }

        assertThat(calls).hasValue(2);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
