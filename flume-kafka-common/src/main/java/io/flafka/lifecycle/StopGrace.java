// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Waits for Kafka's answers, also while the component is stopping. Giving up at once would leave a batch unfinished, and the batch would be repeated
 * after the restart. After an interrupt, all waits together may last {@link DeferredInterrupt#GRACE} more.
 *
 * <p>For the thread that creates it. {@link #close} sets the thread's interrupt flag again.
 */
public final class StopGrace implements AutoCloseable {

    private final DeferredInterrupt interrupt = new DeferredInterrupt();
    private boolean isStopping;
    private long endNanos;

    /** Begins. If the thread's interrupt flag is set already, the grace begins too. */
    public StopGrace() {
        interrupt.clearFlag();
        if (interrupt.isPending()) {
            begin();
        }
    }

    /**
     * Waits for an answer and returns it.
     *
     * @throws ExecutionException if the answer is a failure
     * @throws TimeoutException if no answer comes within {@code timeout}, or within the grace after an interrupt
     */
    public <T> T await(Future<T> answer, Duration timeout) throws ExecutionException, TimeoutException {
        long timeoutNanos = System.nanoTime() + timeout.toNanos();
        while (true) {
            try {
                return answer.get(nanosUntil(timeoutNanos), TimeUnit.NANOSECONDS);
            } catch (InterruptedException stopping) {
                interrupt.onInterrupt();
                begin();
            }
        }
    }

    /** Calls Kafka's client, once more if an interrupt ended the first call. */
    public <T> T call(Supplier<T> client) {
        try {
            return client.get();
        } catch (InterruptException stopping) {
            interrupt.onInterrupt();
            begin();
            return client.get();
        }
    }

    private void begin() {
        if (!isStopping) {
            isStopping = true;
            endNanos = System.nanoTime() + DeferredInterrupt.GRACE.toNanos();
        }
    }

    private long nanosUntil(long timeoutNanos) {
        long now = System.nanoTime();
        long left = timeoutNanos - now;
        return Math.max(0, isStopping ? Math.min(left, endNanos - now) : left);
    }

    /** Returns whether the component is stopping and has waited as long as it may. */
    public boolean isOver() {
        return isStopping && System.nanoTime() >= endNanos;
    }

    /** Returns why the wait is over, for a message. */
    public static String reason() {
        return "the agent is stopping, and has waited " + DeferredInterrupt.GRACE.toSeconds() + " s for it";
    }

    @Override
    public void close() {
        interrupt.close();
    }
}
