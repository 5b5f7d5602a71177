// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.transaction;

import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/** What a transaction does: it puts or it takes. For one thread. */
public interface TransactionWork {

    /**
     * Adds an event.
     *
     * @throws IllegalStateException in a transaction that takes
     */
    void put(Event event);

    /**
     * The next event, or null if there is none.
     *
     * @throws IllegalStateException in a transaction that puts
     */
    @Nullable
    Event take();

    /**
     * Makes it lasting.
     *
     * @throws ChannelFailure if it is not; {@link #rollback} is still to come
     */
    void commit();

    /** Leaves things as they were before; possible at any time, also before anything was done. */
    void rollback();
}
