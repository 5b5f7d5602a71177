// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flume.EventDeliveryException;

/** Threads that call a component until they are told to stop; the first failure ends them all. For one thread. */
final class Loops {
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopping;

    /** One call. */
    interface Step {
        /** Does it; anything thrown fails the run. */
        void run() throws EventDeliveryException;
    }

    void start(String name, Step step) {
        Thread thread = new Thread(() -> repeat(step), name);
        thread.setUncaughtExceptionHandler((failed, cause) -> failure.compareAndSet(null, cause));
        threads.add(thread);
        thread.start();
    }

    private void repeat(Step step) {
        while (!stopping && failure.get() == null) {
            try {
                step.run();
            } catch (EventDeliveryException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    /** Waits for the calls under way. */
    void stop() {
        stopping = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check();
    }

    void check() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("The component failed", cause);
        }
    }
}
