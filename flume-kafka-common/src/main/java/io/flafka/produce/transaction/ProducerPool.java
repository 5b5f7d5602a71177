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
 * Lends a component's transactional producers to threads. It has as many as threads have ever published at the same time, up to a limit. A thread
 * borrows the free producer with the lowest number, so a restarted component uses the same transactional ids again. Thread-safe.
 */
final class ProducerPool {

    private final IntFunction<TransactionalProducer> newProducer;
    private final int limit;
    private final Semaphore permits;
    private final List<TransactionalProducer> all = new ArrayList<>();
    private final Queue<TransactionalProducer> free =
            new PriorityQueue<>(Comparator.comparingInt(TransactionalProducer::number));
    private boolean closed;

    ProducerPool(int limit, IntFunction<TransactionalProducer> newProducer) {
        this.limit = limit;
        this.newProducer = newProducer;
        this.permits = new Semaphore(limit, true);
    }

    /**
     * Lends a producer to this thread alone, which must give it back. Returns nothing if all stay in use for the whole wait, if the thread is
     * interrupted, or if the pool is closed.
     */
    Optional<TransactionalProducer> borrow(Duration wait) {
        try {
            if (!permits.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        Optional<TransactionalProducer> producer = lowestFree();
        if (producer.isEmpty()) {
            permits.release();
        }
        return producer;
    }

    private synchronized Optional<TransactionalProducer> lowestFree() {
        if (closed) {
            return Optional.empty();
        }
        TransactionalProducer producer = free.poll();
        if (producer == null) {
            producer = newProducer.apply(all.size());
            all.add(producer);
        }
        return Optional.of(producer);
    }

    void giveBack(TransactionalProducer producer) {
        synchronized (this) {
            free.add(producer);
        }
        permits.release();
    }

    /** Closes all producers, once those in use are given back or the timeout is over. */
    void close(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<TransactionalProducer> closing;
        synchronized (this) {
            closed = true;
            closing = List.copyOf(all);
        }
        try {
            if (permits.tryAcquire(limit, timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                permits.release(limit);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        closing.forEach(producer -> producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }
}
