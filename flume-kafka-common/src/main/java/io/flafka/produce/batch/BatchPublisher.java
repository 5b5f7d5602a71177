// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.batch;

/** Publishes batches of records to Kafka. Thread-safe. */
public interface BatchPublisher extends AutoCloseable {

    /** Begins a new, empty batch. */
    RecordsInFlight begin();

    /** Closes the Kafka clients. Returns within a few seconds. */
    @Override
    void close();
}
