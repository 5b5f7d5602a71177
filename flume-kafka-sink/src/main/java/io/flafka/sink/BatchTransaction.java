// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import org.apache.flume.Transaction;

/**
 * The channel transaction of one batch.
 *
 * <p>It is always closed in the end: until then, Flume gives the thread the same transaction again. For the thread that opened it.
 */
final class BatchTransaction {

    private final Transaction transaction;
    private boolean commitTried;

    BatchTransaction(Transaction transaction) {
        this.transaction = transaction;
    }

    void begin() {
        transaction.begin();
    }

    /** Commits the delivered events. If this throws, {@link #rollBack} must follow. */
    void commit() {
        commitTried = true;
        transaction.commit();
    }

    /** Closes the transaction after a commit. */
    void close() {
        transaction.close();
    }

    /**
     * Rolls back and closes. Does not throw: failures are added to {@code reason}.
     *
     * @param reason why the batch failed
     * @return where the events are. After a failed commit that is unknown, even if the rollback succeeds: the commit may have taken effect
     */
    ReturnedEvents.Location rollBack(Throwable reason) {
        boolean isRolledBack = false;
        try {
            transaction.rollback();
            isRolledBack = true;
        } catch (RuntimeException | Error also) {
            reason.addSuppressed(also);
        }
        try {
            transaction.close();
        } catch (RuntimeException | Error also) {
            reason.addSuppressed(also);
        }
        return isRolledBack && !commitTried ? ReturnedEvents.Location.IN_CHANNEL : ReturnedEvents.Location.UNKNOWN;
    }
}
