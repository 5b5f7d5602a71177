// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.failure.FailureClassifier;
import io.flafka.produce.batch.PublishException;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Finds the first bad record of a Kafka transaction. One bad record fails the whole transaction, and Kafka's client gives the same reason for good
 * records. The search halves the records with each probe, so 1,000 records take about ten.
 *
 * <p>For one thread.
 */
final class BadRecordSearch {

    private final Probe probe;

    /** Sends records to Kafka without publishing them. */
    @FunctionalInterface
    interface Probe {

        /**
         * Returns if Kafka accepts all of them.
         *
         * @throws PublishException if it does not
         */
        void send(List<ProducerRecord<String, byte[]>> records) throws PublishException;
    }

    BadRecordSearch(Probe probe) {
        this.probe = probe;
    }

    /**
     * Returns the failure of the first bad record, with its index. If Kafka accepts that record alone, returns a failure of the whole transaction,
     * which has no cause.
     *
     * @param failure the failure of the transaction with all records
     * @throws PublishException if a probe fails for a reason other than a bad record
     */
    PublishException find(List<ProducerRecord<String, byte[]>> records, PublishException failure)
            throws PublishException {
        PublishException found = failure;
        int good = 0;
        int bad = records.size();
        while (bad - good > 1) {
            int middle = (good + bad) >>> 1;
            try {
                probe.send(records.subList(good, middle));
                good = middle;
            } catch (PublishException first) {
                found = requireBadRecord(first);
                bad = middle;
            }
        }
        return sendAlone(records, good, found);
    }

    private PublishException sendAlone(List<ProducerRecord<String, byte[]>> records, int index, PublishException last)
            throws PublishException {
        try {
            probe.send(records.subList(index, index + 1));
            return last.blamingNoRecord(records.size());
        } catch (PublishException its) {
            return requireBadRecord(its).atIndex(index, records.size());
        }
    }

    private static PublishException requireBadRecord(PublishException failure) throws PublishException {
        if (!FailureClassifier.isOfRecord(failure.getCause())) {
            throw failure;
        }
        return failure;
    }
}
