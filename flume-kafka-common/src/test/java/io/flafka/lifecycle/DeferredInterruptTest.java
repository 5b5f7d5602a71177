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

/** What Flume's interrupt becomes: a request to end, an interrupt where that does not help, and itself again. */
@Timeout(30)
class DeferredInterruptTest {

    private final WorkThread worker = new WorkThread("KafkaSink k1", "wait-test");

    @AfterEach
    void end() {
        Thread.interrupted();
        worker.close();
    }

    @Test
    void theResultOfTheWorkIsGiven() throws ExecutionException {
        try (DeferredInterrupt wait = new DeferredInterrupt(List.of(worker))) {
            assertThat(wait.get(CompletableFuture.supplyAsync(() -> 7, worker))).isEqualTo(7);
            assertThat(wait.isInterrupted()).isFalse();
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void soIsItsFailure() {
        try (DeferredInterrupt wait = new DeferredInterrupt(List.of(worker))) {
            assertThatThrownBy(() -> wait.get(CompletableFuture.failedFuture(new IllegalStateException("no"))))
                    .hasCause(new IllegalStateException("no"));
        }
    }

    @Test
    void anInterruptAsksTheWorkerToEndAndIsKept() throws ExecutionException {
        CompletableFuture<Boolean> work = CompletableFuture.supplyAsync(
                () -> {
                    worker.enter(WorkStage.FLOWING);
                    while (!worker.isStopping()) {
                        Thread.onSpinWait();
                    }
                    return Thread.currentThread().isInterrupted();
                },
                worker);

        try (DeferredInterrupt wait = new DeferredInterrupt(List.of(worker))) {
            Thread.currentThread().interrupt();
            assertThat(wait.get(work)).isFalse();
            assertThat(wait.isInterrupted()).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aWorkerThatOnlyWaitsIsInterrupted() throws ExecutionException {
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

        try (DeferredInterrupt wait = new DeferredInterrupt(List.of(worker))) {
            Thread.currentThread().interrupt();
            assertThat(wait.get(work)).isTrue();
        }
    }

    @Test
    void aStopThatIsOverDoesNotConcernTheNextWork() {
        worker.stop();

        try (DeferredInterrupt wait = new DeferredInterrupt(List.of(worker))) {
            assertThat(worker.isStopping()).isFalse();
            assertThat(wait.isInterrupted()).isFalse();
        }
    }
}
