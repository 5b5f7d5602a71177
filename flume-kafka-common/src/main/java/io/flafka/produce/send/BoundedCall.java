// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a call of Kafka's client, and interrupts it when its time is over. Some of these calls wait for the producer's thread without a limit, even if
 * that thread has died or has lost the request. Only an interrupt ends them.
 *
 * <p>All calls are checked by one timer, twice a second while there are any. A timer for each call would wake its thread for each batch.
 *
 * <p>For the thread that makes the call.
 */
public final class BoundedCall {

    private static final Set<BoundedCall> RUNNING = ConcurrentHashMap.newKeySet();
    private static final AtomicBoolean IS_CHECK_DUE = new AtomicBoolean();

    private final Thread caller = Thread.currentThread();
    private final AnswerTimeout timeout;
    private boolean hasReturned;
    private @Nullable RuntimeException lateness;

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
        RUNNING.add(this);
        try {
            checkAllLater();
            call.run();
        } catch (InterruptException interrupt) {
            throw lateness().orElse(interrupt);
        } finally {
            RUNNING.remove(this);
            end();
        }
    }

    private static void checkAllLater() {
        if (!IS_CHECK_DUE.get() && IS_CHECK_DUE.compareAndSet(false, true)) {
            // On the timer's own thread: the common pool may be full of an operator's tasks.
            CompletableFuture.delayedExecutor(
                            AnswerTimeout.CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(BoundedCall::checkAll);
        }
    }

    private static void checkAll() {
        IS_CHECK_DUE.set(false);
        RUNNING.forEach(BoundedCall::check);
        if (!RUNNING.isEmpty()) {
            checkAllLater();
        }
    }

    private synchronized void check() {
        if (!hasReturned && lateness == null) {
            timeout.reasonToGiveUp().ifPresent(this::interrupt);
        }
    }

    private synchronized void interrupt(RuntimeException reason) {
        lateness = reason;
        caller.interrupt();
    }

    private synchronized Optional<RuntimeException> lateness() {
        return Optional.ofNullable(lateness);
    }

    private synchronized void end() {
        hasReturned = true;
        if (lateness != null) {
            // Clears the interrupt flag that this object has set, and no other.
            Thread.interrupted();
        }
    }
}
