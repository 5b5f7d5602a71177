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
 * A component's own daemon thread, on which it calls Flume's channels. Flume stops a component by an interrupt, which must not reach a channel: in a
 * file channel it would close the file during a take, a commit or a rollback, and delivered events would be delivered again after the restart.
 *
 * <p>The work calls {@link #enter} to say which {@link WorkStage} it is in. To stop, another thread calls {@link #requestStop} once and then
 * {@link #interruptIfOverdue} repeatedly. The second one interrupts the work only if it stays in one stage for longer than the stage allows, and once
 * per stage.
 *
 * <p>Thread-safe. The thread starts with the first work.
 */
public final class WorkThread implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkThread.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String component;
    private final String threadName;
    private final LongSupplier nanoClock;
    private final ExecutorService executor;
    private volatile boolean stopping;

    // This object's lock guards the fields below.
    /** The thread while it has work, else null. */
    private @Nullable Thread worker;

    private WorkStage stage = WorkStage.TRANSACTION;
    /** When the stage began or the stop was requested, whichever came later. */
    private long timerStartNanos;

    private boolean interrupted;

    /**
     * Does not start the thread yet.
     *
     * @param component the kind and name of the component in log lines, for example {@code KafkaSink k1}
     * @param threadName the name of the thread
     */
    public WorkThread(String component, String threadName) {
        this(component, threadName, System::nanoTime);
    }

    WorkThread(String component, String threadName, LongSupplier nanoClock) {
        this.component = component;
        this.threadName = threadName;
        this.nanoClock = nanoClock;
        this.executor = Executors.newSingleThreadExecutor(this::newThread);
    }

    private Thread newThread(Runnable work) {
        Thread thread = new Thread(work, threadName);
        thread.setDaemon(true);
        return thread;
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

    /** Called by the work when it enters a stage. An interrupt that was meant for the stage before is discarded. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    public synchronized void enter(WorkStage next) {
        stage = next;
        interrupted = false;
        if (stopping) {
            timerStartNanos = nanoClock.getAsLong();
            // With the interrupt flag set, a file channel would close its file at its next access.
            Thread.interrupted();
        }
    }

    /** Returns whether the work should finish soon. */
    public boolean isStopping() {
        return stopping;
    }

    /** Asks the work to finish. Does not interrupt it. */
    public synchronized void requestStop() {
        if (!stopping) {
            stopping = true;
            timerStartNanos = nanoClock.getAsLong();
        }
    }

    /** Interrupts the work if a stop was requested and the work has been in its stage for longer than the stage allows. */
    public synchronized void interruptIfOverdue() {
        Duration inStage = Duration.ofNanos(nanoClock.getAsLong() - timerStartNanos);
        if (worker == null || !stopping || interrupted || inStage.compareTo(stage.timeToFinish()) < 0) {
            return;
        }
        interrupted = true;
        if (stage.isInterruptHarmful()) {
            LOG.warn(
                    "{}: the component is stopping and a call to a Flume channel or to Kafka's client has not returned for {} s; interrupting the call. Events may be"
                            + " delivered again after the restart",
                    component,
                    inStage.toSeconds());
        }
        worker.interrupt();
    }

    /** Withdraws a stop request before new work. The thread must be idle. */
    synchronized void clearStop() {
        stopping = false;
    }

    /** Stops the thread and waits for that, up to 10 s. The thread should be idle. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
                LOG.warn(
                        "{}: thread {} has not stopped within {} s; interrupting it. Its events may be delivered again after the restart",
                        component,
                        threadName,
                        CLOSE_TIMEOUT.toSeconds());
            }
        } catch (InterruptedException interrupt) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
