// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.failure.FailureClassifier;
import io.flafka.produce.batch.PublishException;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Finds the first record for which a Kafka transaction fails: one bad record fails all of it, and Kafka's client gives its reason to good ones too. Halves
 * the records, so that 1,000 of them take ten probes.
 *
 * <p>For one thread.
 */
final class BadRecordSearch {

    private final Probe probe;

    /** Tries records without publishing them. */
    @FunctionalInterface
    interface Probe {

        /**
         * Returns if Kafka takes all of them.
         *
         * @throws PublishException if it does not
         */
        void send(List<ProducerRecord<String, byte[]>> records) throws PublishException;
    }

    BadRecordSearch(Probe probe) {
        this.probe = probe;
    }

    /**
     * The failure of the first bad record, by its index; the whole transaction's, without a cause, if none of them is bad when it is alone.
     *
     * @throws PublishException if a probe fails for another reason, which says nothing of any record
     */
    PublishException find(List<ProducerRecord<String, byte[]>> records, PublishException failed)
            throws PublishException {
        PublishException found = failed;
        int good = 0;
        int bad = records.size();
        while (bad - good > 1) {
            int middle = (good + bad) >>> 1;
            try {
                probe.send(records.subList(good, middle));
                good = middle;
            } catch (PublishException first) {
                found = requireBad(first);
                bad = middle;
            }
        }
        return alone(records, good, found);
    }

    private PublishException alone(List<ProducerRecord<String, byte[]>> records, int index, PublishException last)
            throws PublishException {
        try {
            probe.send(records.subList(index, index + 1));
            return last.ofNone(records.size());
        } catch (PublishException its) {
            return requireBad(its).at(index, records.size());
        }
    }

    private static PublishException requireBad(PublishException failure) throws PublishException {
        if (!FailureClassifier.isOfRecord(failure.getCause())) {
            throw failure;
        }
        return failure;
    }
}
