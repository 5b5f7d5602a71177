// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import io.flafka.testing.torture.History;
import io.flafka.testing.torture.pipeline.Pipeline;
import io.flafka.testing.torture.pipeline.Settings;
import io.flafka.testing.torture.stage.Stage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets faults happen, several at a time. A seed determines their sequence, kinds, targets and durations; the moments
 * also depend on how long Kafka and the agents take. For one thread.
 */
public final class Nemesis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Nemesis.class);
    private static final Duration LONGEST_END = Duration.ofMinutes(4);

    /** A fault that would end later than this after the end is left out. */
    private static final Duration LATEST = Duration.ofSeconds(15);

    private final List<FaultKind> kinds;
    private final Random random;
    private final History history;
    private final Set<String> claimed = new HashSet<>();
    private final Set<String> active = new TreeSet<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fault");
        thread.setDaemon(true);
        return thread;
    });

    /** Creates the nemesis of a run. */
    public Nemesis(Stage stage, Pipeline pipeline, Settings settings, Random random, History history) {
        this.kinds = Catalogue.of(stage, pipeline, settings);
        this.random = random;
        this.history = history;
    }

    /** Begins faults for as long as this. */
    public void rage(Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            Fault fault = kinds.get(random.nextInt(kinds.size())).draw(random);
            Duration gap = Durations.seconds(random, 0, 3);
            pause(gap);
            if (fault.hold().compareTo(Duration.ofNanos(end - System.nanoTime()).plus(LATEST)) > 0) {
                continue;
            }
            if (!claim(fault, end)) {
                return;
            }
            workers.execute(() -> run(fault));
        }
    }

    /** Waits until all faults have ended. */
    public void heal() throws InterruptedException {
        workers.shutdown();
        if (!workers.awaitTermination(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("A fault did not end within " + LONGEST_END + ": " + claimed);
        }
    }

    /** Returns how many faults there were. */
    public synchronized int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns which faults are active now. */
    public synchronized String active() {
        return active.isEmpty() ? "none" : String.join(", ", active);
    }

    /** Returns how many faults there were, by kind. */
    public synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    private void run(Fault fault) {
        history.fault(fault.kind(), fault.target(), fault.hold().toMillis() + " ms");
        try {
            attempt(fault, fault.begin());
            pause(fault.hold());
            attempt(fault, fault.end());
        } finally {
            history.faultEnd(fault.kind(), fault.target());
            release(fault);
        }
    }

    private static void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void attempt(Fault fault, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | AssertionError failed) {
            LOG.error("{} of {} did not work", fault.kind(), fault.target(), failed);
        }
    }

    private synchronized boolean claim(Fault fault, long end) throws InterruptedException {
        while (fault.claims().stream().anyMatch(claimed::contains)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
        claimed.addAll(fault.claims());
        counts.merge(fault.kind(), 1, Integer::sum);
        active.add(fault.kind() + " " + fault.target());
        return true;
    }

    private synchronized void release(Fault fault) {
        claimed.removeAll(fault.claims());
        active.remove(fault.kind() + " " + fault.target());
        notifyAll();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
