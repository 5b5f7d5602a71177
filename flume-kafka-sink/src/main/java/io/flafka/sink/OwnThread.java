// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread of the sink's own, a daemon, made with its first batch. */
final class OwnThread implements LaneThread {

    private static final Logger LOG = LoggerFactory.getLogger(OwnThread.class);
    /** More than what a batch waits for after an interrupt. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final ExecutorService executor;
    private volatile @Nullable Thread thread;

    OwnThread(String name) {
        this.name = name;
        this.executor = Executors.newSingleThreadExecutor(this::make);
    }

    private Thread make(Runnable work) {
        Thread made = new Thread(work, name);
        made.setDaemon(true);
        thread = made;
        return made;
    }

    @Override
    public void execute(Runnable batch) {
        executor.execute(batch);
    }

    @Override
    public void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "Thread {} has not ended within {} s: its batch is delivered again",
                        name,
                        CLOSE_TIMEOUT.toSeconds());
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }
}
