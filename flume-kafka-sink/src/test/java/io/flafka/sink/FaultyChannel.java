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
import org.jspecify.annotations.Nullable;

/** Flume's memory channel, which keeps the order, with failures on demand. */
class FaultyChannel extends MemoryChannel {

    private static final AtomicInteger CHANNELS = new AtomicInteger();

    boolean takeFails;
    boolean heapIsFull;
    /** Whether each take gives a new object for an event, as channels on disk do. */
    boolean givesCopies;

    volatile boolean commitFails;
    /** Whether a commit takes effect and then throws. */
    volatile boolean commitFailsLate;

    boolean rollbackFails;
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    /** Whether the thread was interrupted, for each commit and rollback. */
    final List<Boolean> interruptedAtEnd = new CopyOnWriteArrayList<>();

    FaultyChannel() {
        // A sink finds its channel's metrics by the name.
        setName("faulty-" + CHANNELS.incrementAndGet());
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
        add(EventBuilder.withBody(body, UTF_8, headers));
    }

    void add(Event... events) {
        Transaction transaction = super.getTransaction();
        transaction.begin();
        List.of(events).forEach(this::put);
        transaction.commit();
        transaction.close();
    }

    /** Takes and commits all events, as another sink would. */
    void takeAll() {
        Transaction transaction = super.getTransaction();
        transaction.begin();
        while (super.take() != null) {
            // Only empties the channel.
        }
        transaction.commit();
        transaction.close();
    }

    @Override
    public @Nullable Event take() {
        if (takeFails) {
            throw new ChannelException("disk full");
        }
        Event event = super.take();
        if (heapIsFull) {
            throw new OutOfMemoryError("Java heap space");
        }
        return event == null || !givesCopies ? event : EventBuilder.withBody(event.getBody(), event.getHeaders());
    }

    @Override
    public Transaction getTransaction() {
        opened.incrementAndGet();
        return new Faulty(super.getTransaction());
    }

    private final class Faulty implements Transaction {

        private final Transaction transaction;
        private boolean committed;

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
            if (commitFailsLate) {
                committed = true;
                throw new ChannelException("no answer");
            }
        }

        @Override
        public void rollback() {
            interruptedAtEnd.add(Thread.currentThread().isInterrupted());
            if (!committed) {
                transaction.rollback();
            }
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
