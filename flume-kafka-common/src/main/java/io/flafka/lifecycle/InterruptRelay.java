// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns an interrupt of Flume's thread into a stop request to the {@link WorkThread}s that it waits for. Flume interrupts its thread to stop the
 * component; the relay keeps waiting for the work. {@link #close} sets the interrupt flag again.
 *
 * <p>For one thread. The work threads must be idle when the relay is created.
 */
public final class InterruptRelay implements AutoCloseable {

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(20);

    private final List<WorkThread> threads;
    private final DeferredInterrupt interrupt = new DeferredInterrupt();

    /**
     * Prepares the threads for new work.
     *
     * @param threads the idle threads that will do the work
     */
    public InterruptRelay(List<WorkThread> threads) {
        this.threads = threads;
        threads.forEach(WorkThread::clearStop);
    }

    /**
     * Waits for work of these threads and returns its result. An interrupt does not end the wait: it asks the threads to stop.
     *
     * @throws ExecutionException if the work failed
     */
    public <T> T await(Future<T> work) throws ExecutionException {
        while (true) {
            try {
                return interrupt.isPending() ? work.get(CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS) : work.get();
            } catch (InterruptedException stop) {
                interrupt.onInterrupt();
                threads.forEach(WorkThread::requestStop);
            } catch (TimeoutException stillWorking) {
                threads.forEach(WorkThread::interruptIfOverdue);
            }
        }
    }

    /** Returns whether Flume has interrupted its thread, that is, whether the component is stopping. */
    public boolean isInterrupted() {
        return interrupt.isPending();
    }

    @Override
    public void close() {
        interrupt.close();
    }
}
