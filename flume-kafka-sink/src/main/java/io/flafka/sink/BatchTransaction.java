// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import org.apache.flume.Transaction;

/**
 * One batch's transaction of the channel, which always ends closed: Flume gives a thread the same transaction again until it has closed it.
 *
 * <p>For the thread that got it. An interrupt, by which Flume stops a sink, waits until the channel has noted the end: in a channel on disk it would
 * close the file below a commit, and events that Kafka has acknowledged would be delivered again.
 */
final class BatchTransaction {

    private final Transaction transaction;

    BatchTransaction(Transaction transaction) {
        this.transaction = transaction;
    }

    void begin() {
        transaction.begin();
    }

    /** The events are delivered; if this throws, they are still to be given back. */
    void commit() {
        uninterrupted(transaction::commit);
    }

    /** After a commit. */
    void close() {
        transaction.close();
    }

    /** Ends it with the events back in the channel; what goes wrong is added to the failure that was the reason. */
    void giveBack(Throwable reason) {
        try {
            uninterrupted(transaction::rollback);
        } catch (RuntimeException | Error also) {
            reason.addSuppressed(also);
        }
        try {
            transaction.close();
        } catch (RuntimeException | Error also) {
            reason.addSuppressed(also);
        }
    }

    private static void uninterrupted(Runnable end) {
        boolean interrupted = Thread.interrupted();
        try {
            end.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
