// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.time.Duration;

/**
 * Holds back the interrupt of the current thread while the thread finishes work that must not be cut short. {@link #close} sets the interrupt flag
 * again, so that the caller still learns of the interrupt.
 *
 * <p>For the thread that creates it.
 */
public final class DeferredInterrupt implements AutoCloseable {

    /** How much longer a wait may last after an interrupt: Flume interrupts a thread to stop its component, and then waits for it. */
    public static final Duration GRACE = Duration.ofSeconds(5);

    private boolean interrupted;

    /** Clears the interrupt flag, if it is set: with the flag, the next blocking call would fail at once. */
    public void clearFlag() {
        interrupted |= Thread.interrupted();
    }

    /** Records that a call was interrupted, and clears the flag, which Kafka's {@code InterruptException} sets. */
    public void onInterrupt() {
        interrupted = true;
        clearFlag();
    }

    /** Returns whether there is an interrupt to restore. */
    public boolean isPending() {
        return interrupted;
    }

    /** Restores the interrupt flag. */
    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
