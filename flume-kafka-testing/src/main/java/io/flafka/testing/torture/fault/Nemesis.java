// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import io.flafka.testing.torture.History;
import io.flafka.testing.torture.pipeline.Pipeline;
import io.flafka.testing.torture.pipeline.Site;
import io.flafka.testing.torture.stage.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    private static final int LONGEST_GAP_SECONDS = 12;

    /** A fault that would end later than this after the end is left out. */
    private static final Duration LATEST = Duration.ofSeconds(15);

    private final List<Thread> threads = new ArrayList<>();
    private final List<List<FaultKind>> groups;
    private final Random random;
    private final History history;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Set<String> claimed = new HashSet<>();
    private final Set<String> active = new TreeSet<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    /** Creates the nemesis of a run. */
    public Nemesis(Stage stage, Pipeline pipeline, Site site, Random random, History history) {
        this.groups = Catalogue.of(stage, pipeline, site);
        this.random = random;
        this.history = history;
    }

    /** Lets faults happen for as long as this, and waits until all of them have ended. */
    public void rage(Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        for (List<FaultKind> group : groups) {
            Random ofGroup = new Random(random.nextLong());
            Thread thread = new Thread(() -> rage(group, ofGroup, end), "faults-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(duration.plus(LONGEST_END).toMillis());
            if (thread.isAlive()) {
                throw new IllegalStateException("A fault does not end: " + active());
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("The run proves nothing, because a fault did not work", failures.get(0));
        }
    }

    private void rage(List<FaultKind> group, Random ofGroup, long end) {
        try {
            while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
                Fault fault = group.get(ofGroup.nextInt(group.size())).draw(ofGroup);
                pause(Durations.seconds(ofGroup, 0, LONGEST_GAP_SECONDS));
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (fault.hold().compareTo(left.plus(LATEST)) < 0
                        && !Thread.currentThread().isInterrupted()
                        && claim(fault, end)) {
                    run(fault);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    private void attempt(Fault fault, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | AssertionError failed) {
            LOG.error("{} of {} did not work", fault.kind(), fault.target(), failed);
            failures.add(failed);
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

    /** Begins no more faults, and waits a moment for those that are active. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        // Also if this thread is interrupted itself: no fault may begin after the brokers are closed.
        boolean interrupted = Thread.interrupted();
        try {
            for (Thread thread : threads) {
                thread.join(LONGEST_CLOSE.toMillis());
            }
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
