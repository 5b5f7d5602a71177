// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import org.apache.flume.Transaction;

/**
 * One batch's transaction of the channel, which always ends closed: Flume gives a thread the same transaction again until it has closed it.
 *
 * <p>For the thread that got it.
 */
final class BatchTransaction {

    private final Transaction transaction;
    private boolean commitWasTried;

    BatchTransaction(Transaction transaction) {
        this.transaction = transaction;
    }

    void begin() {
        transaction.begin();
    }

    /** The events are delivered; if this throws, they are still to be given back. */
    void commit() {
        commitWasTried = true;
        transaction.commit();
    }

    /** After a commit. */
    void close() {
        transaction.close();
    }

    /**
     * Ends it with the events back in the channel; what goes wrong is added to the failure that was the reason.
     *
     * @return where they are: a channel whose commit has failed may have let go of them, whatever it says to the rollback
     */
    FailedBatchState giveBack(Throwable reason) {
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
        return isRolledBack && !commitWasTried ? FailedBatchState.IN_CHANNEL : FailedBatchState.UNKNOWN;
    }
}
