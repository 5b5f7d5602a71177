// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.SilentProducerException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.InterruptException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a thread waits for answers and for calls of Kafka's client. */
class AnswerTimeoutTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final AtomicLong clock = new AtomicLong(-5);
    private final AtomicBoolean loginRefused = new AtomicBoolean();
    private final AnswerTimeout timeout = new AnswerTimeout(LONG, loginRefused::get, clock::get);

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void isOverAfterItsLimit() {
        clock.addAndGet(LONG.toNanos() - 1);
        assertThat(timeout.nanosLeft()).isEqualTo(1);
        assertThat(timeout.reasonToGiveUp()).isEmpty();

        clock.incrementAndGet();
        assertThat(timeout.nanosLeft()).isZero();
        assertThat(timeout.reasonToGiveUp()).get().isInstanceOf(SilentProducerException.class);
        clock.incrementAndGet();
        assertThat(timeout.nanosLeft()).isZero();
    }

    @Test
    void isOverAfterAShortGraceIfTheLoginIsRefused() {
        loginRefused.set(true);
        clock.addAndGet(AnswerTimeout.LOGIN_GRACE.toNanos() - 1);
        assertThat(timeout.reasonToGiveUp()).isEmpty();

        clock.incrementAndGet();
        assertThat(timeout.reasonToGiveUp()).get().isInstanceOf(LoginRefusedException.class);
    }

    @Test
    void anInterruptedThreadStillWaitsForAnAnswerInFlight() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        CompletableFuture<Void> unused = answer.completeOnTimeout(null, 200, TimeUnit.MILLISECONDS);
        Thread.currentThread().interrupt();

        try (Acknowledgements acknowledgements = new Acknowledgements(new AnswerTimeout(LONG, () -> false))) {
            assertThat(acknowledgements.await(answer)).isEmpty();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void onceItIsOverOnlyAnswersThatHaveArrivedCount() {
        loginRefused.set(true);
        clock.addAndGet(AnswerTimeout.LOGIN_GRACE.toNanos());

        try (Acknowledgements acknowledgements = new Acknowledgements(timeout)) {
            assertThat(acknowledgements.await(new CompletableFuture<>()))
                    .get()
                    .isInstanceOf(LoginRefusedException.class);
            assertThat(acknowledgements.await(CompletableFuture.completedFuture(null)))
                    .isEmpty();
        }
    }

    @Test
    void aCallThatDoesNotReturnFailsWithTheReason() {
        Assertions.assertThatThrownBy(
                        () -> BoundedCall.run(AnswerTimeoutTest::never, new AnswerTimeout(SHORT, () -> false)))
                .isInstanceOf(SilentProducerException.class);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aCallThatReturnsIsNotInterrupted() {
        AtomicBoolean called = new AtomicBoolean();

        BoundedCall.run(() -> called.set(true), new AnswerTimeout(SHORT, () -> false));

        assertThat(called).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptOfAnotherThreadIsReported() {
        Thread.currentThread().interrupt();

        Assertions.assertThatThrownBy(
                        () -> BoundedCall.run(AnswerTimeoutTest::never, new AnswerTimeout(LONG, () -> false)))
                .isInstanceOf(InterruptException.class);
    }

    private static void never() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupt) {
            throw new InterruptException(interrupt);
        }
    }
}
