// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flume's interrupt becomes a stop request to the work thread, then an interrupt of it if needed, and is restored at the end. */
@Timeout(30)
class InterruptRelayTest {

    private final WorkThread worker = new WorkThread("KafkaSink k1", "wait-test");

    @AfterEach
    void end() {
        Thread.interrupted();
        worker.close();
    }

    @Test
    void returnsTheResultOfTheWork() throws ExecutionException {
        try (InterruptRelay relay = new InterruptRelay(List.of(worker))) {
            assertThat(relay.await(CompletableFuture.supplyAsync(() -> 7, worker)))
                    .isEqualTo(7);
            assertThat(relay.isInterrupted()).isFalse();
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void throwsTheFailureOfTheWork() {
        try (InterruptRelay relay = new InterruptRelay(List.of(worker))) {
            assertThatThrownBy(() -> relay.await(CompletableFuture.failedFuture(new IllegalStateException("no"))))
                    .hasCause(new IllegalStateException("no"));
        }
    }

    @Test
    void anInterruptRequestsAStopAndIsRestored() throws ExecutionException {
        CompletableFuture<Boolean> work = CompletableFuture.supplyAsync(
                () -> {
                    worker.enter(WorkStage.MOVING_EVENTS);
                    while (!worker.isStopping()) {
                        Thread.onSpinWait();
                    }
                    return Thread.currentThread().isInterrupted();
                },
                worker);

        try (InterruptRelay relay = new InterruptRelay(List.of(worker))) {
            Thread.currentThread().interrupt();
            assertThat(relay.await(work)).isFalse();
            assertThat(relay.isInterrupted()).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void interruptsAWorkerThatIsOnlyWaiting() throws ExecutionException {
        CompletableFuture<Boolean> work = CompletableFuture.supplyAsync(
                () -> {
                    worker.enter(WorkStage.IDLE);
                    try {
                        new CountDownLatch(1).await();
                        return false;
                    } catch (InterruptedException interrupt) {
                        return true;
                    }
                },
                worker);

        try (InterruptRelay relay = new InterruptRelay(List.of(worker))) {
            Thread.currentThread().interrupt();
            assertThat(relay.await(work)).isTrue();
        }
    }

    @Test
    void anEarlierStopRequestDoesNotAffectNewWork() {
        worker.requestStop();

        try (InterruptRelay relay = new InterruptRelay(List.of(worker))) {
            assertThat(worker.isStopping()).isFalse();
            assertThat(relay.isInterrupted()).isFalse();
        }
    }
}
