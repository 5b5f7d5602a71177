// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Runs a call of Kafka's client, and interrupts it when its time is over. Some of these calls wait for the producer's thread without a limit, even if
 * that thread has died or has lost the request. Only an interrupt ends them.
 *
 * <p>For the thread that makes the call.
 */
public final class BoundedCall {

    private final Thread caller = Thread.currentThread();
    private final AnswerTimeout timeout;
    private CompletableFuture<Void> nextCheck = new CompletableFuture<>();
    private boolean hasReturned;
    private boolean isTimedOut;

    private BoundedCall(AnswerTimeout timeout) {
        this.timeout = timeout;
    }

    /**
     * Runs the call on this thread, and returns when it has returned.
     *
     * @throws InterruptException if another thread has interrupted this one
     * @throws RuntimeException the timeout's reason, if the timeout is over before the call returns
     */
    public static void run(Runnable call, AnswerTimeout timeout) {
        new BoundedCall(timeout).run(call);
    }

    private void run(Runnable call) {
        scheduleCheck();
        try {
            call.run();
        } catch (InterruptException interrupt) {
            if (isTimedOut()) {
                throw timeout.reason();
            }
            throw interrupt;
        } finally {
            stopChecks();
        }
    }

    // Nobody needs the future's result: the caller sees its effect.
    @SuppressWarnings("FutureReturnValueIgnored")
    private synchronized void scheduleCheck() {
        long delay = Math.min(timeout.nanosLeft(), AnswerTimeout.CHECK_INTERVAL.toNanos());
        nextCheck = new CompletableFuture<Void>().completeOnTimeout(null, delay, TimeUnit.NANOSECONDS);
        nextCheck.thenRun(this::check);
    }

    private synchronized void check() {
        if (hasReturned) {
            return;
        }
        if (timeout.isOver()) {
            isTimedOut = true;
            caller.interrupt();
        } else {
            scheduleCheck();
        }
    }

    private synchronized boolean isTimedOut() {
        return isTimedOut;
    }

    private synchronized void stopChecks() {
        hasReturned = true;
        if (isTimedOut) {
            // Clears the interrupt flag that this object has set, and no other.
            Thread.interrupted();
        }
        // Removes the pending check from the timer.
        nextCheck.complete(null);
    }
}
