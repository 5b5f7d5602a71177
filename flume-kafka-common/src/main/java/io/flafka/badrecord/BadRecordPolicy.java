// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

/** What becomes of a record that can never pass. Thread-safe. */
public interface BadRecordPolicy extends AutoCloseable {

    /** Hears of each record that was passed over. */
    @FunctionalInterface
    interface Counter {
        void passedOver();
    }

    /**
     * Returns when the flow may go on behind the record: it is in the dead letter topic, or was dropped as the operator wants it.
     *
     * @throws FlowStoppedException if the flow must stop at it; to be tried again, with the same record
     */
    void dispose(BadRecord record) throws FlowStoppedException;

    /** Ends the client, if there is one, within a bound. */
    @Override
    void close();
}
