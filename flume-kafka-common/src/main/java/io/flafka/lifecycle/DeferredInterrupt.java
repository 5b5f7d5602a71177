// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How Flume's thread waits for what a component's own threads do: an interrupt, by which Flume stops the component, asks those threads to come to an
 * end, and is given back when this is closed.
 *
 * <p>For one thread; those threads must have no work when it begins.
 */
public final class DeferredInterrupt implements AutoCloseable {

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

    private final List<WorkThread> threads;
    private boolean interrupted;

    /** For what these will do from now on. */
    public DeferredInterrupt(List<WorkThread> threads) {
        this.threads = threads;
        threads.forEach(WorkThread::rearm);
    }

    /**
     * The result of some work of these threads.
     *
     * @throws ExecutionException if it failed
     */
    public <T> T get(Future<T> work) throws ExecutionException {
        while (true) {
            try {
                return interrupted ? work.get(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS) : work.get();
            } catch (InterruptedException stop) {
                interrupted = true;
                threads.forEach(WorkThread::stop);
            } catch (TimeoutException stillAtWork) {
                threads.forEach(WorkThread::disturb);
            }
        }
    }

    /** Whether the component is being stopped. */
    public boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
