// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Disposes of bad records: those that can never be delivered as they are. Thread-safe. */
@FunctionalInterface
public interface BadRecordPolicy extends AutoCloseable {

    /**
     * Returns when the component may continue after the record: Kafka has acknowledged it in the dead letter topic, or it was dropped as configured.
     *
     * @throws FlowStoppedException if the component must stop at the record; the caller may try again later, with the same record
     */
    void dispose(BadRecord record) throws FlowStoppedException;

    /**
     * Same as {@link #dispose} for a bad record of a batch. Returns the record that the batch must have in its place, if any.
     *
     * @throws FlowStoppedException if the component must stop at the record; the caller may try again later, with the same record
     */
    default Optional<ProducerRecord<String, byte[]>> replace(BadRecord record) throws FlowStoppedException {
        dispose(record);
        return Optional.empty();
    }

    /** Closes the Kafka client, if the policy has one. Returns within a few seconds. */
    @Override
    default void close() {
        // Only a dead letter queue has a client.
    }
}
