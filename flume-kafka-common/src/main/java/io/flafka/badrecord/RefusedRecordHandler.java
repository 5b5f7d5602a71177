// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.failure.FailureClassifier;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.PublishException;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Settles the records of a batch that Kafka has not acknowledged: disposes of bad records, and sends again the good ones that failed with them.
 * Thread-safe.
 *
 * @param badRecords disposes of the records that Kafka never accepts
 * @param keyCharset the charset of the producer's keys
 * @param missingTopics the topics that events name, and that do not exist
 */
public record RefusedRecordHandler(BadRecordPolicy badRecords, Charset keyCharset, MissingTopics missingTopics) {

    /** Creates the handler of a component whose events cannot name topics. */
    public RefusedRecordHandler(BadRecordPolicy badRecords, Charset keyCharset) {
        this(badRecords, keyCharset, MissingTopics.ofConfiguredTopic());
    }

    /**
     * Returns when all records are acknowledged or disposed of.
     *
     * @throws PublishException if a record was not acknowledged and a retry may succeed
     * @throws Stopped if the component must stop at a bad record
     */
    public void settle(RecordsInFlight records) throws PublishException, Stopped {
        for (List<PublishException> failures = records.await(); !failures.isEmpty(); failures = records.await()) {
            List<PublishException> ofRecords = failures.stream()
                    .filter(failure -> isOfRecord(failure, records))
                    .toList();
            List<PublishException> others = failures.stream()
                    .filter(failure -> !ofRecords.contains(failure))
                    .toList();
            disposeOfAll(ofRecords, records);
            for (PublishException failure : others) {
                if (ofRecords.isEmpty() || !isBystander(failure.getCause())) {
                    throw failure;
                }
                if (!records.isDone(failure.firstFailed())) {
                    records.sendAgain(failure.firstFailed(), records.record(failure.firstFailed()));
                }
            }
        }
    }

    private void disposeOfAll(List<PublishException> failures, RecordsInFlight records) throws Stopped {
        Set<String> missing = new HashSet<>();
        for (PublishException failure : failures) {
            ProducerRecord<String, byte[]> record = records.record(failure.firstFailed());
            dispose(failure, records);
            if (FailureClassifier.isMissingTopic(failure.getCause())) {
                missing.add(record.topic());
            }
        }
        for (String topic : missing) {
            missingTopics.add(topic);
            disposeOfAll(topic, records);
        }
    }

    private boolean isOfRecord(PublishException failure, RecordsInFlight records) {
        return FailureClassifier.isOfRecord(failure.getCause()) || isOfMissingTopic(failure, records);
    }

    private boolean isOfMissingTopic(PublishException failure, RecordsInFlight records) {
        return FailureClassifier.isMissingTopic(failure.getCause())
                // Otherwise it is a failure of the whole transaction.
                && records.pending().contains(failure.firstFailed())
                && missingTopics.explains(failure.getCause(), records.record(failure.firstFailed()));
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

    /** Each of these records of a transaction would wait for the topic as the first one has. */
    private void disposeOfAll(String missingTopic, RecordsInFlight records) throws Stopped {
        for (int index : records.pending()) {
            ProducerRecord<String, byte[]> record = records.record(index);
            if (record.topic().equals(missingTopic) && !(record instanceof DeadLetter)) {
                replace(index, MissingTopics.refused(record, keyCharset), records);
            }
        }
    }

    private void dispose(PublishException failure, RecordsInFlight records) throws Stopped {
        int index = failure.firstFailed();
        ProducerRecord<String, byte[]> record = records.record(index);
        if (!(record instanceof DeadLetter letter)) {
            replace(index, BadRecord.refused(record, keyCharset, failure), records);
            return;
        }
        try {
            // The producer of dead letters accepts larger ones, and has no class of the operator.
            badRecords.dispose(letter.origin());
            records.markDone(index);
        } catch (FlowStoppedException stopped) {
            throw new Stopped(index, stopped);
        }
    }

    private void replace(int index, BadRecord bad, RecordsInFlight records) throws Stopped {
        try {
            badRecords
                    .replace(bad)
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
