// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.batch;

/** Writes batches to Kafka, each of them record by record. Thread-safe. */
public interface BatchPublisher extends AutoCloseable {

    /** A new batch, as yet without records. */
    RecordsInFlight begin();

    /** Ends the client within a bound. */
    @Override
    void close();
}
