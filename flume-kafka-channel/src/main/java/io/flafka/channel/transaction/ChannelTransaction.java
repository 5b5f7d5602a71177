// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.transaction;

import io.flafka.exactlyonce.OffsetsToCommit;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of the channel, as Flume sees it. It checks the order of calls, and becomes a put or a take transaction with the first event.
 *
 * <p>Only for the thread that called {@code getTransaction()}. A commit that throws leaves the transaction open; the caller must roll it back. A
 * rollback always completes the transaction.
 */
public final class ChannelTransaction implements Transaction {

    /** The work of a transaction: puts or takes. For one thread. */
    public interface Work {

        /**
         * Adds an event.
         *
         * @throws IllegalStateException in a take transaction
         */
        void put(Event event);

        /**
         * Returns the next event, or null if there is none.
         *
         * @throws IllegalStateException in a put transaction
         */
        @Nullable
        Event take();

        /**
         * Leaves the commit of the offsets of all events taken to the caller. To call before the first take.
         *
         * @throws IllegalStateException in a put transaction
         */
        OffsetsToCommit takenOffsets();

        /**
         * Makes the work permanent.
         *
         * @throws ChannelFailedException if that fails; {@link #rollback} must follow
         */
        void commit();

        /** Undoes the work; allowed at any time before a successful commit. */
        void rollback();
    }

    /** Starts the work that the first call asks for. */
    public interface WorkFactory {
        Work newPut();

        /** Starts a put that commits offsets too. */
        Work newPut(PutOffsets offsets);

        Work newTake();
    }

    private enum State {
        NEW,
        OPEN,
        COMPLETED,
        CLOSED
    }

    private final WorkFactory factory;
    private final Runnable onClose;
    private final Thread owner = Thread.currentThread();
    private State state = State.NEW;
    private @Nullable Work work;
    private @Nullable PutOffsets offsets;

    /**
     * Creates a transaction of the calling thread.
     *
     * @param factory starts the put or the take
     * @param onClose runs once, when the transaction is closed
     */
    public ChannelTransaction(WorkFactory factory, Runnable onClose) {
        this.factory = factory;
        this.onClose = onClose;
    }

    @Override
    public void begin() {
        require("begin()", State.NEW);
        state = State.OPEN;
    }

    public void put(Event event) {
        require("put()", State.OPEN);
        putWork().put(event);
    }

    private Work putWork() {
        Work current = work;
        if (current == null) {
            current = offsets == null ? factory.newPut() : factory.newPut(offsets);
        }
        work = current;
        return current;
    }

    /** Adds offsets to this put transaction. They are committed even without an event. Must be called before the first put. */
    public void commitWithPut(PutOffsets with) {
        requireOwner("commitWithPut()");
        offsets = with;
    }

    @Nullable
    public Event take() {
        require("take()", State.OPEN);
        return takeWork().take();
    }

    /** Makes this a take transaction whose offsets the caller commits. */
    public OffsetsToCommit takenOffsets() {
        require("takenOffsets()", State.OPEN);
        return takeWork().takenOffsets();
    }

    private Work putOrTakeWork() {
        return work == null ? putWork() : work;
    }

    private Work takeWork() {
        Work current = work == null ? factory.newTake() : work;
        work = current;
        return current;
    }

    @Override
    public void commit() {
        require("commit()", State.OPEN);
        if (work != null || offsets != null) {
            putOrTakeWork().commit();
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

    /**
     * Closes the transaction in any state. An open transaction is rolled back before the exception is thrown.
     *
     * @throws IllegalStateException if the transaction was open, or is closed already
     */
    @Override
    public void close() {
        requireOwner("close()");
        if (state == State.CLOSED) {
            throw new IllegalStateException("close() called, but the transaction is already CLOSED");
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
            throw new IllegalStateException(
                    "close() called before commit() or rollback(); the transaction was rolled back");
        }
    }

    private void require(String call, State needed) {
        requireOwner(call);
        if (state != needed) {
            throw new IllegalStateException(
                    "%s called, but the transaction is %s; it must be %s".formatted(call, state, needed));
        }
    }

    private void requireOwner(String call) {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(call + " called on another thread than getTransaction()");
        }
    }
}
