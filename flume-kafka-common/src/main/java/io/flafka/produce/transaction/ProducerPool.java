// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The lanes of a component: as many as threads have ever published at the same time, up to a limit. Who borrows gets the lowest free one, so that a
 * restarted component uses the same ids again. Thread-safe.
 */
final class ProducerPool {

    private final IntFunction<TransactionalProducer> newLane;
    private final int limit;
    private final Semaphore permits;
    private final List<TransactionalProducer> all = new ArrayList<>();
    private final Queue<TransactionalProducer> free =
            new PriorityQueue<>(Comparator.comparingInt(TransactionalProducer::number));
    private boolean closed;

    ProducerPool(int limit, IntFunction<TransactionalProducer> newLane) {
        this.limit = limit;
        this.newLane = newLane;
        this.permits = new Semaphore(limit, true);
    }

    /** A lane for this thread alone, to be given back; none if all stay in use for that long, the thread is interrupted, or the pool is closed. */
    Optional<TransactionalProducer> borrow(Duration wait) {
        try {
            if (!permits.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        Optional<TransactionalProducer> lane = lowest();
        if (lane.isEmpty()) {
            permits.release();
        }
        return lane;
    }

    private synchronized Optional<TransactionalProducer> lowest() {
        if (closed) {
            return Optional.empty();
        }
        TransactionalProducer lane = free.poll();
        if (lane == null) {
            lane = newLane.apply(all.size());
            all.add(lane);
        }
        return Optional.of(lane);
    }

    void giveBack(TransactionalProducer lane) {
        synchronized (this) {
            free.add(lane);
        }
        permits.release();
    }

    /** Ends all lanes, after those in use have been given back or the time is over. */
    void close(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<TransactionalProducer> ending;
        synchronized (this) {
            closed = true;
            ending = List.copyOf(all);
        }
        try {
            if (permits.tryAcquire(limit, timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                permits.release(limit);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        ending.forEach(lane -> lane.end(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }
}
