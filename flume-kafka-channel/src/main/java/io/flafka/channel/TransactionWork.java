// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

/** What a transaction does: it puts or it takes. For one thread. */
sealed interface TransactionWork permits PutTransaction, TakeTransaction {

    /**
     * Makes it lasting.
     *
     * @throws ChannelFailure if it is not; {@link #rollback} is still to come
     */
    void commit();

    /** Leaves things as they were before; possible at any time, also before anything was done. */
    void rollback();
}
