// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.transaction;

import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * What Flume holds as a transaction: the order of its calls, and the work behind them, which is a put or a take as the first call decides.
 *
 * <p>For the thread that got it. A commit that throws leaves it open, to be rolled back; a rollback always ends it.
 */
public final class ChannelTransaction implements Transaction {

    /** Begins what the first call asks for. */
    public interface Work {
        TransactionWork newPut();

        TransactionWork newTake();
    }

    private enum State {
        NEW,
        OPEN,
        COMPLETED,
        CLOSED
    }

    private final Work possible;
    private final Runnable onClose;
    private final Thread thread = Thread.currentThread();
    private State state = State.NEW;
    private @Nullable TransactionWork work;

    public ChannelTransaction(Work possible, Runnable onClose) {
        this.possible = possible;
        this.onClose = onClose;
    }

    @Override
    public void begin() {
        require("begin()", State.NEW);
        state = State.OPEN;
    }

    public void put(Event event) {
        require("put()", State.OPEN);
        if (work == null) {
            work = possible.newPut();
        }
        work.put(event);
    }

    @Nullable
    public Event take() {
        require("take()", State.OPEN);
        if (work == null) {
            work = possible.newTake();
        }
        return work.take();
    }

    @Override
    public void commit() {
        require("commit()", State.OPEN);
        if (work != null) {
            work.commit();
        }
        state = State.COMPLETED;
    }

    @Override
    public void rollback() {
        require("rollback()", State.OPEN);
        state = State.COMPLETED;
        if (work != null) {
            work.rollback();
        }
    }

    /** Ends it in any case: events of a transaction that its owner left open are given back before the error is shown. At a second call nothing changes. */
    @Override
    public void close() {
        requireOwnThread("close()");
        if (state == State.CLOSED) {
            throw new IllegalStateException("close() called when the transaction is CLOSED");
        }
        boolean wasOpen = state == State.OPEN;
        try {
            if (wasOpen) {
                rollback();
            }
        } finally {
            state = State.CLOSED;
            onClose.run();
        }
        if (wasOpen) {
            throw new IllegalStateException("close() called before commit() or rollback(): it was rolled back");
        }
    }

    private void require(String call, State needed) {
        requireOwnThread(call);
        if (state != needed) {
            throw new IllegalStateException(call + " called when the transaction is " + state);
        }
    }

    private void requireOwnThread(String call) {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(call + " called from another thread than getTransaction()");
        }
    }
}
