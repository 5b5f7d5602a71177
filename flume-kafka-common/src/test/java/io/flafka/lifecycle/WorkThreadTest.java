// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker is interrupted only after the time that its stage allows, and never for an earlier stage. */
@Timeout(30)
class WorkThreadTest {

    private final AtomicLong nanos = new AtomicLong();
    private final WorkThread thread = new WorkThread("KafkaSink k1", "work-test", nanos::get);
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void end() {
        never.countDown();
        thread.close();
    }

    @ParameterizedTest
    @EnumSource(WorkStage.class)
    void interruptsAStageAfterItsTimeAndNotBefore(WorkStage stage) throws Exception {
        CompletableFuture<Boolean> wasInterrupted = waitIn(stage);

        thread.requestStop();
        pass(stage.timeToFinish().minusNanos(1));
        thread.interruptIfOverdue();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(each -> each.getName().equals("work-test"))
                        .allMatch(Thread::isInterrupted))
                .isFalse();
        assertThat(wasInterrupted).isNotDone();
        pass(Duration.ofNanos(1));
        thread.interruptIfOverdue();

        assertThat(wasInterrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void doesNotInterruptWithoutAStopRequest() {
        CompletableFuture<Boolean> wasInterrupted = waitIn(WorkStage.IDLE);

        pass(Duration.ofHours(1));
        thread.interruptIfOverdue();
        never.countDown();

        assertThat(wasInterrupted.join()).isFalse();
    }

    @Test
    void theTimeRunsFromTheStartOfTheStageIfThatIsAfterTheStopRequest() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        CompletableFuture<Boolean> stopping = new CompletableFuture<>();
        CompletableFuture<Boolean> wasInterrupted = new CompletableFuture<>();
        thread.execute(() -> {
            thread.enter(WorkStage.AWAITING_ACKNOWLEDGEMENTS);
            await(stopped);
            thread.enter(WorkStage.MOVING_EVENTS);
            stopping.complete(thread.isStopping());
            wasInterrupted.complete(await(never));
        });

        thread.requestStop();
        pass(WorkStage.MOVING_EVENTS.timeToFinish());
        stopped.countDown();
        assertThat(stopping.get(10, TimeUnit.SECONDS)).isTrue();
        thread.interruptIfOverdue();
        never.countDown();

        assertThat(wasInterrupted.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void anInterruptOfOneStageDoesNotReachTheNext() throws Exception {
        CompletableFuture<Boolean> left = new CompletableFuture<>();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        thread.execute(() -> {
            thread.enter(WorkStage.IDLE);
            entered.countDown();
            while (interrupted.getCount() > 0) {
                Thread.onSpinWait();
            }
            thread.enter(WorkStage.TRANSACTION);
            left.complete(Thread.currentThread().isInterrupted());
        });

        entered.await();
        thread.requestStop();
        pass(WorkStage.IDLE.timeToFinish());
        thread.interruptIfOverdue();
        interrupted.countDown();

        assertThat(left.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void interruptsAStageOnlyOnce() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CompletableFuture<Integer> interrupts = new CompletableFuture<>();
        CountDownLatch first = new CountDownLatch(1);
        thread.execute(() -> {
            thread.enter(WorkStage.AWAITING_ACKNOWLEDGEMENTS);
            entered.countDown();
            int count = await(never) ? 1 : 0;
            first.countDown();
            interrupts.complete(count + (await(never) ? 1 : 0));
        });

        entered.await();
        thread.requestStop();
        pass(WorkStage.AWAITING_ACKNOWLEDGEMENTS.timeToFinish());
        thread.interruptIfOverdue();
        first.await();
        pass(WorkStage.AWAITING_ACKNOWLEDGEMENTS.timeToFinish());
        thread.interruptIfOverdue();
        never.countDown();

        assertThat(interrupts.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void doesNotInterruptAnIdleThread() {
        thread.requestStop();
        pass(Duration.ofHours(1));

        thread.interruptIfOverdue();

        assertThat(thread.isStopping()).isTrue();
    }

    @Test
    void clearingTheStopRequestPreventsTheInterruptOfNewWork() {
        thread.requestStop();
        thread.clearStop();

        CompletableFuture<Boolean> wasInterrupted = waitIn(WorkStage.IDLE);
        pass(Duration.ofHours(1));
        thread.interruptIfOverdue();
        never.countDown();

        assertThat(thread.isStopping()).isFalse();
        assertThat(wasInterrupted.join()).isFalse();
    }

    @Test
    void leavesNoThreadAfterClose() {
        CompletableFuture<Thread> worker = CompletableFuture.supplyAsync(Thread::currentThread, thread);
        assertThat(worker.join().isDaemon()).isTrue();

        thread.close();

        // The executor terminates a moment before its thread does.
        Awaitility.await().until(() -> !worker.join().isAlive());
    }

    /** Returns whether the wait is ended by an interrupt. */
    private CompletableFuture<Boolean> waitIn(WorkStage stage) {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        CountDownLatch entered = new CountDownLatch(1);
        thread.execute(() -> {
            thread.enter(stage);
            entered.countDown();
            ended.complete(await(never));
        });
        await(entered);
        return ended;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return false;
        } catch (InterruptedException interrupt) {
            return true;
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
