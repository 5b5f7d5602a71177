// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flume.EventDeliveryException;

/** Threads that call a component until they are stopped. The first failure stops all of them. For one thread. */
final class Loops {
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopping;

    /** A call of the component. */
    interface Step {
        /** Calls the component. Any exception fails the run. */
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

    /** Stops the threads and waits for their current calls. */
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
