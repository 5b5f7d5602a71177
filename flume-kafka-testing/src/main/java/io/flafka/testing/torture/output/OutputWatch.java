// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.output;

import io.flafka.testing.torture.History;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Follows an output while the run goes on, and writes its size to the history each second. For one thread. */
public final class OutputWatch implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Output output;
    private final History history;
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopped;

    /** Begins to follow. */
    public OutputWatch(Output output, History history) {
        this.output = output;
        this.history = history;
        this.thread = new Thread(this::follow, "output-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        try {
            count();
        } catch (RuntimeException unreadable) {
            failure.set(unreadable);
        }
    }

    private void count() {
        long last = System.nanoTime();
        while (!stopped) {
            for (Delivered delivered : output.next()) {
                ids.merge(delivered.id(), 1, Integer::sum);
                count.incrementAndGet();
            }
            if (System.nanoTime() - last >= SECOND.toNanos()) {
                last = System.nanoTime();
                history.progress(count.get());
            }
        }
    }

    /** Returns how many records were delivered, dead letters included. */
    public long delivered() {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("The output cannot be read", failed);
        }
        return count.get();
    }

    /** Returns whether all of these events were delivered, dead letters included. */
    public boolean has(Map<String, Integer> events) {
        return events.entrySet().stream().allMatch(event -> ids.getOrDefault(event.getKey(), 0) >= event.getValue());
    }

    /** Ends the watch, reads the whole output once more, writes it to the history, and returns it. */
    public List<Delivered> finish() throws InterruptedException {
        stopped = true;
        thread.join(STOP.toMillis());
        List<Delivered> all = output.all();
        all.forEach(this::write);
        return all;
    }

    private void write(Delivered delivered) {
        if (output.isDeadLetters(delivered.place())) {
            history.dead(delivered);
        } else {
            history.out(delivered);
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        output.close();
    }
}
