// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.conf.Configurables;
import org.apache.flume.event.EventBuilder;

/** Flume's memory channel, which keeps the order, with faults on demand. */
final class FaultyChannel extends MemoryChannel {

    boolean takeFails;
    boolean heapIsFull;
    volatile boolean commitFails;
    boolean rollbackFails;
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    /** Whether the thread was interrupted, at each commit and rollback. */
    final List<Boolean> interruptedAtEnd = new CopyOnWriteArrayList<>();

    FaultyChannel() {
        setName("faulty");
        Configurables.configure(
                this, new Context(Map.of("capacity", "100000", "transactionCapacity", "1000", "keep-alive", "0")));
        start();
    }

    void add(String... bodies) {
        for (String body : bodies) {
            add(body, Map.of());
        }
    }

    void add(String body, Map<String, String> headers) {
        Transaction transaction = super.getTransaction();
        transaction.begin();
        put(EventBuilder.withBody(body, UTF_8, headers));
        transaction.commit();
        transaction.close();
    }

    @Override
    public Event take() {
        if (takeFails) {
            throw new ChannelException("disk full");
        }
        Event event = super.take();
        if (heapIsFull) {
            throw new OutOfMemoryError("Java heap space");
        }
        return event;
    }

    @Override
    public Transaction getTransaction() {
        opened.incrementAndGet();
        return new Faulty(super.getTransaction());
    }

    private final class Faulty implements Transaction {

        private final Transaction transaction;

        Faulty(Transaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public void begin() {
            transaction.begin();
        }

        @Override
        public void commit() {
            interruptedAtEnd.add(Thread.currentThread().isInterrupted());
            if (commitFails) {
                throw new ChannelException("commit failed");
            }
            transaction.commit();
        }

        @Override
        public void rollback() {
            interruptedAtEnd.add(Thread.currentThread().isInterrupted());
            transaction.rollback();
            if (rollbackFails) {
                throw new ChannelException("rollback failed");
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            transaction.close();
        }
    }
}
