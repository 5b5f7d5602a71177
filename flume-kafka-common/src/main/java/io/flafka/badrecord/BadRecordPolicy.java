// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

/** Disposes of bad records: those that can never be delivered as they are. Thread-safe. */
@FunctionalInterface
public interface BadRecordPolicy extends AutoCloseable {

    /** Counts the bad records that were skipped. */
    @FunctionalInterface
    interface Counter {
        void countSkipped();
    }

    /**
     * Returns when the component may continue after the record: Kafka has acknowledged it in the dead letter topic, or it was dropped as configured.
     *
     * @throws FlowStoppedException if the component must stop at the record; the caller may try again later, with the same record
     */
    void dispose(BadRecord record) throws FlowStoppedException;

    /** Closes the Kafka client, if the policy has one. Returns within a few seconds. */
    @Override
    default void close() {
        // Only a dead letter queue has a client.
    }
}
