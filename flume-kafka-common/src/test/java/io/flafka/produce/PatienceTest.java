// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long answers are waited for. */
class PatienceTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final RecordMetadata METADATA = new RecordMetadata(new TopicPartition("t", 0), 0, 0, 0, 0, 0);

    private final AtomicLong clock = new AtomicLong(-5);
    private final AtomicBoolean hopeless = new AtomicBoolean();
    private final Patience patience = new Patience(LONG, hopeless::get, clock::get);

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void endsWithItsTime() {
        clock.addAndGet(LONG.toNanos() - 1);
        assertThat(patience.nanosLeft()).isEqualTo(1);
        assertThat(patience.isOver()).isFalse();

        clock.incrementAndGet();
        assertThat(patience.nanosLeft()).isZero();
        assertThat(patience.isOver()).isTrue();
        assertThat(patience.reason()).isInstanceOf(SilentProducerException.class);
        clock.incrementAndGet();
        assertThat(patience.nanosLeft()).isZero();
    }

    @Test
    void endsAMomentAfterItHasBecomeOfNoUse() {
        hopeless.set(true);
        clock.addAndGet(Patience.GRACE.toNanos() - 1);
        assertThat(patience.isOver()).isFalse();

        clock.incrementAndGet();
        assertThat(patience.isOver()).isTrue();
        assertThat(patience.reason()).isInstanceOf(LoginRefusedException.class);
    }

    @Test
    void anInterruptedThreadStillWaitsForAnAnswerThatIsOnItsWay() {
        CompletableFuture<RecordMetadata> answer = new CompletableFuture<>();
        CompletableFuture<RecordMetadata> unused = answer.completeOnTimeout(METADATA, 200, TimeUnit.MILLISECONDS);
        Thread.currentThread().interrupt();

        try (Acknowledgements acknowledgements = new Acknowledgements(new Patience(LONG, () -> false))) {
            assertThat(acknowledgements.awaitFailure(answer)).isEmpty();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void onceItIsOverOnlyWhatIsThereCounts() {
        hopeless.set(true);
        clock.addAndGet(Patience.GRACE.toNanos());

        try (Acknowledgements acknowledgements = new Acknowledgements(patience)) {
            assertThat(acknowledgements.awaitFailure(new CompletableFuture<>()))
                    .get()
                    .isInstanceOf(LoginRefusedException.class);
            hopeless.set(false);
            assertThat(acknowledgements.awaitFailure(CompletableFuture.completedFuture(METADATA)))
                    .isEmpty();
            assertThat(acknowledgements.awaitFailure(new CompletableFuture<>())).isPresent();
        }
    }

    @Test
    void aCallThatDoesNotEndIsEndedWithTheReason() {
        Assertions.assertThatThrownBy(() -> BoundedCall.of(PatienceTest::never, new Patience(SHORT, () -> false)))
                .isInstanceOf(SilentProducerException.class);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aCallThatEndsIsLeftAlone() {
        AtomicBoolean called = new AtomicBoolean();

        BoundedCall.of(() -> called.set(true), new Patience(SHORT, () -> false));

        assertThat(called).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void somebodyElsesInterruptShows() {
        Thread.currentThread().interrupt();

        Assertions.assertThatThrownBy(() -> BoundedCall.of(PatienceTest::never, new Patience(LONG, () -> false)))
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
