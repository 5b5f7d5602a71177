// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.failure.FailureClassifier;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.PublishException;
import java.nio.charset.Charset;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Settles the records of a batch that Kafka has not acknowledged: disposes of bad records, and sends again the good ones that failed with them.
 * Thread-safe.
 *
 * @param badRecords disposes of the records that Kafka never accepts
 * @param keyCharset the charset of the producer's keys
 */
public record RefusedRecordHandler(BadRecordPolicy badRecords, Charset keyCharset) {

    /**
     * Returns when all records are acknowledged or disposed of.
     *
     * @throws PublishException if a record was not acknowledged and a retry may succeed
     * @throws Stopped if the component must stop at a bad record
     */
    public void settle(RecordsInFlight records) throws PublishException, Stopped {
        for (List<PublishException> failures = records.await(); !failures.isEmpty(); failures = records.await()) {
            boolean progress = false;
            for (PublishException failure : failures) {
                if (FailureClassifier.isOfRecord(failure.getCause())) {
                    dispose(failure, records);
                    progress = true;
                }
            }
            for (PublishException failure : failures) {
                if (!FailureClassifier.isOfRecord(failure.getCause())) {
                    if (!progress || !isBystander(failure.getCause())) {
                        throw failure;
                    }
                    records.sendAgain(failure.firstFailed(), records.record(failure.firstFailed()));
                }
            }
        }
    }

    /** Reports that the component must stop at a bad record of the batch. */
    public static final class Stopped extends Exception {

        private static final long serialVersionUID = 1L;

        private final int index;

        private Stopped(int index, FlowStoppedException stopped) {
            super(stopped.getMessage(), stopped);
            this.index = index;
        }

        /** Returns the record's index in the batch. */
        public int index() {
            return index;
        }
    }

    private void dispose(PublishException failure, RecordsInFlight records) throws Stopped {
        int index = failure.firstFailed();
        ProducerRecord<String, byte[]> record = records.record(index);
        try {
            if (record instanceof DeadLetter letter) {
                // The producer of dead letters accepts larger ones, and has no class of the operator.
                badRecords.dispose(letter.origin());
                records.markDone(index);
                return;
            }
            badRecords
                    .replace(BadRecord.refused(record, keyCharset, failure))
                    .ifPresentOrElse(letter -> records.sendAgain(index, letter), () -> records.markDone(index));
        } catch (FlowStoppedException stopped) {
            throw new Stopped(index, stopped);
        }
    }

    /** Whether the record failed only because it shared a request with a bad one. Kafka's client has no exception class of its own for that. */
    private static boolean isBystander(@Nullable Throwable cause) {
        return cause != null && cause.getClass() == KafkaException.class;
    }
}
