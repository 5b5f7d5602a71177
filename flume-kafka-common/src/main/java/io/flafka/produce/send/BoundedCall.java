// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A call of Kafka's client that ends. Kafka's own waits for the producer's thread, also when that has died or has lost what it was asked for, and nothing
 * but an interrupt ends it.
 *
 * <p>For the thread that makes it.
 */
public final class BoundedCall {

    private final Thread calling = Thread.currentThread();
    private final AnswerTimeout timeout;
    private CompletableFuture<Void> bell = new CompletableFuture<>();
    private boolean over;
    private boolean overdue;

    private BoundedCall(AnswerTimeout timeout) {
        this.timeout = timeout;
    }

    /**
     * Returns when the call has.
     *
     * @throws InterruptException if the thread was interrupted by somebody else
     * @throws RuntimeException what the patience says, if it is over before the call is
     */
    public static void of(Runnable call, AnswerTimeout timeout) {
        new BoundedCall(timeout).run(call);
    }

    private void run(Runnable call) {
        watch();
        try {
            call.run();
        } catch (InterruptException interrupt) {
            if (isOverdue()) {
                throw timeout.reason();
            }
            throw interrupt;
        } finally {
            end();
        }
    }

    // What comes of the look is seen by the thread that makes the call.
    @SuppressWarnings("FutureReturnValueIgnored")
    private synchronized void watch() {
        long next = Math.min(timeout.nanosLeft(), AnswerTimeout.LOOK.toNanos());
        bell = new CompletableFuture<Void>().completeOnTimeout(null, next, TimeUnit.NANOSECONDS);
        bell.thenRun(this::look);
    }

    private synchronized void look() {
        if (over) {
            return;
        }
        if (timeout.isOver()) {
            overdue = true;
            calling.interrupt();
        } else {
            watch();
        }
    }

    private synchronized boolean isOverdue() {
        return overdue;
    }

    /** Takes back an interrupt of its own, and no other. */
    private synchronized void end() {
        over = true;
        if (overdue) {
            Thread.interrupted();
        }
        // Which takes it off the clock.
        bell.complete(null);
    }
}
