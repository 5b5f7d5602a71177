// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureKind;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Kafka has not acknowledged all records of a transaction. The message names the first that failed, the reason and what follows. */
public final class PublishException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int firstFailed;

    PublishException(
            int firstFailed, int count, String reason, ProducerRecord<String, byte[]> record, Throwable cause) {
        super(describe(firstFailed, count, reason, record, cause), cause);
        this.firstFailed = firstFailed;
    }

    /** The index of the first record that was not acknowledged. */
    public int firstFailed() {
        return firstFailed;
    }

    private static String describe(
            int index, int count, String reason, ProducerRecord<String, byte[]> record, Throwable cause) {
        FailureKind kind = FailureClassifier.kindOf(cause);
        return "record %d of %d, for topic %s%s, was not acknowledged: %s; %s"
                .formatted(
                        index + 1,
                        count,
                        record.topic(),
                        record.partition() == null ? "" : " partition " + record.partition(),
                        reason,
                        kind.consequence());
    }
}
