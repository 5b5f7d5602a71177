// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A flush that ends. Kafka's own waits for the producer's thread, also when that has died, and nothing but an interrupt ends it.
 *
 * <p>For the thread that makes it.
 */
final class BoundedFlush {

    private final Thread flushing = Thread.currentThread();
    private boolean over;
    private boolean overdue;

    private BoundedFlush() {}

    /** Returns when all that was sent is answered, when the time is over, or when the thread is interrupted: who waits next knows how to end. */
    static void of(Producer<String, byte[]> producer, Duration atMost) {
        new BoundedFlush().run(producer, atMost);
    }

    private void run(Producer<String, byte[]> producer, Duration atMost) {
        CompletableFuture<Void> bell = new CompletableFuture<>();
        CompletableFuture<Void> watch = bell.completeOnTimeout(null, atMost.toNanos(), TimeUnit.NANOSECONDS)
                .thenRun(this::interrupt);
        try {
            producer.flush();
        } catch (InterruptException interrupt) {
            flushing.interrupt();
        } finally {
            end();
            watch.cancel(false);
            // Which takes it off the clock.
            bell.complete(null);
        }
    }

    private synchronized void interrupt() {
        if (!over) {
            overdue = true;
            flushing.interrupt();
        }
    }

    /** Takes back an interrupt of its own, and no other. */
    private synchronized void end() {
        over = true;
        if (overdue) {
            Thread.interrupted();
        }
    }
}
