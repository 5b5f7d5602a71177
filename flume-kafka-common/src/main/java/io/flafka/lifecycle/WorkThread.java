// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A component's own thread for its calls into Flume's channels, which the interrupt does not reach by which Flume stops a component: in a channel on
 * disk it would close the file below a take, a commit or a rollback, and what was delivered would be delivered again after the restart.
 *
 * <p>A daemon, made with the first work. The worker says with {@link #enter} what it does. Whoever stops it calls {@link #stop} and then
 * {@link #disturb} again and again: the worker is interrupted, once a stage, when it stays in a stage for longer than that allows. Thread-safe.
 */
public final class WorkThread implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkThread.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String component;
    private final String name;
    private final LongSupplier nanoClock;
    private final ExecutorService executor;
    private volatile boolean stopping;

    // All with the lock.
    /** While it has work. */
    private @Nullable Thread worker;

    private WorkStage stage = WorkStage.TRANSACTION;
    private long sinceNanos;
    private boolean disturbed;

    /**
     * Makes no thread yet.
     *
     * @param component how messages name the component
     * @param name the thread's
     */
    public WorkThread(String component, String name) {
        this(component, name, System::nanoTime);
    }

    WorkThread(String component, String name, LongSupplier nanoClock) {
        this.component = component;
        this.name = name;
        this.nanoClock = nanoClock;
        this.executor = Executors.newSingleThreadExecutor(this::make);
    }

    private Thread make(Runnable work) {
        Thread made = new Thread(work, name);
        made.setDaemon(true);
        return made;
    }

    @Override
    public void execute(Runnable work) {
        executor.execute(() -> {
            setWorker(Thread.currentThread());
            try {
                work.run();
            } finally {
                setWorker(null);
            }
        });
    }

    private synchronized void setWorker(@Nullable Thread current) {
        worker = current;
    }

    /** For the worker: what it does from now on. An interrupt that it has got for what it did before is gone. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    public synchronized void enter(WorkStage next) {
        stage = next;
        disturbed = false;
        if (stopping) {
            sinceNanos = nanoClock.getAsLong();
            // The flag would close a channel's file at its next access.
            Thread.interrupted();
        }
    }

    /** For the worker: whether it should come to an end. */
    public boolean isStopping() {
        return stopping;
    }

    /** The worker should come to an end; it is not interrupted yet. */
    public synchronized void stop() {
        if (!stopping) {
            stopping = true;
            sinceNanos = nanoClock.getAsLong();
        }
    }

    /** After {@link #stop}: interrupts the worker if it has been in its stage for longer than that allows. */
    public synchronized void disturb() {
        Duration inStage = Duration.ofNanos(nanoClock.getAsLong() - sinceNanos);
        if (worker == null || !stopping || disturbed || inStage.compareTo(stage.undisturbed()) < 0) {
            return;
        }
        disturbed = true;
        if (stage.isHarmful()) {
            LOG.warn(
                    "{}: is stopping, and a Flume channel has not answered for {} s: the call is interrupted. Its events may be delivered again after"
                            + " the restart",
                    component,
                    inStage.toSeconds());
        }
        worker.interrupt();
    }

    /** Before new work, when there is none: it need not come to an end any more. */
    synchronized void rearm() {
        stopping = false;
    }

    /** Ends the thread within a bound; it should have no work any more. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
                LOG.warn(
                        "{}: its thread {} has not ended within {} s; what it was doing may be done again after the restart",
                        component,
                        name,
                        CLOSE_TIMEOUT.toSeconds());
            }
        } catch (InterruptedException interrupt) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
