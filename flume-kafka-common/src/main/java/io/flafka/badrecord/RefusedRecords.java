// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.failure.FailureClassifier;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.batch.RecordsInFlight;
import java.nio.charset.Charset;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of records that Kafka has not acknowledged. Thread-safe.
 *
 * @param badRecords what becomes of those that it never will
 * @param keyCharset that of the producer's keys
 */
public record RefusedRecords(BadRecordPolicy badRecords, Charset keyCharset) {

    /**
     * Returns when all records are acknowledged or disposed of.
     *
     * @throws PublishException if one was not acknowledged that may be later
     * @throws Stopped if the flow must not go past one
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
                    records.sendAgain(failure.firstFailed());
                }
            }
        }
    }

    /** The flow must not go past this record. */
    public static final class Stopped extends Exception {

        private static final long serialVersionUID = 1L;

        private final int index;

        private Stopped(int index, FlowStoppedException stopped) {
            super(stopped.getMessage(), stopped);
            this.index = index;
        }

        /** The record's, in its batch. */
        public int index() {
            return index;
        }
    }

    private void dispose(PublishException failure, RecordsInFlight records) throws Stopped {
        int index = failure.firstFailed();
        try {
            badRecords.dispose(BadRecord.unwritten(records.record(index), keyCharset, failure));
            records.markDone(index);
        } catch (FlowStoppedException stopped) {
            throw new Stopped(index, stopped);
        }
    }

    /** Was in one request with a bad record: Kafka's client has no class for that. */
    private static boolean isBystander(@Nullable Throwable cause) {
        return cause != null && cause.getClass() == KafkaException.class;
    }
}
