// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.batch;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes batches of records to Kafka. Thread-safe. */
public interface BatchPublisher extends AutoCloseable {

    /**
     * The records of one batch on their way to Kafka: sent one by one, awaited together. Their indexes start at 0 and count the records added as done.
     *
     * <p>For one thread. Other batches may be in flight at the same time.
     */
    interface RecordsInFlight {

        /**
         * Sends a record. Returns {@code false} if it is refused at once; the caller must then send no other, because it would overtake the refused one.
         */
        boolean send(ProducerRecord<String, byte[]> record);

        /** Adds an entry that needs no record, because its event was already acknowledged or disposed of. */
        void addDone();

        /** Marks a failed record as done, because it was disposed of. */
        void markDone(int index);

        /** Sends a record in place of a failed one, after all others: the same record again, or its dead letter. */
        void sendAgain(int index, ProducerRecord<String, byte[]> record);

        /** Returns the indexes of the entries that are not done, in their order. */
        List<Integer> pending();

        /** Returns a record that is not done. */
        ProducerRecord<String, byte[]> record(int index);

        /**
         * Waits until Kafka has answered for every record: little longer than {@code delivery.timeout.ms}, or a few seconds after an interrupt. The
         * thread keeps its interrupt flag.
         *
         * @return the failures, in the order of their indexes
         */
        List<PublishException> await();

        /** Returns whether a record is known to be acknowledged, or was disposed of. */
        boolean isDone(int index);
    }

    /**
     * Begins a new, empty batch.
     *
     * @throws org.apache.flume.FlumeException if no Kafka client can write a batch now; the message says why
     */
    RecordsInFlight begin();

    /** Closes the Kafka clients. Returns within a few seconds. */
    @Override
    void close();
}
