// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import io.flafka.failure.FailureClassifier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Kafka has not acknowledged all records of a Flume transaction. The message names the first that failed, or what became of the Kafka transaction, with
 * the reason and what follows.
 */
public final class PublishException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int firstFailed;
    private final String reason;

    /** Of one record: the first that failed. */
    PublishException(
            int firstFailed, int count, String reason, ProducerRecord<String, byte[]> record, Throwable cause) {
        this(describe(firstFailed, count, reason, record, cause), firstFailed, reason, cause);
    }

    private PublishException(@Nullable String message, int firstFailed, String reason, @Nullable Throwable cause) {
        super(message, cause);
        this.firstFailed = firstFailed;
        this.reason = reason;
    }

    /** Of no record by itself, but of the Kafka transaction that all of them are in. */
    static PublishException ofTransaction(int count, String reason, Throwable cause) {
        return new PublishException(
                "the Kafka transaction of %d records was not confirmed: %s".formatted(count, reason),
                count,
                reason,
                cause);
    }

    /** The same, in a batch that has other records too. */
    PublishException at(int index) {
        return new PublishException(getMessage(), index, reason, getCause());
    }

    /** The same, if it is not known which record is the reason: without a cause, which would be said of this one. */
    PublishException ofUnknown(int near) {
        return new PublishException(getMessage(), near, reason, null);
    }

    /** The index of the first record that failed; the number of records if none of them is the reason. */
    public int firstFailed() {
        return firstFailed;
    }

    /** Why, in words for an operator. */
    public String reason() {
        return reason;
    }

    private static String describe(
            int index, int count, String reason, ProducerRecord<String, byte[]> record, Throwable cause) {
        return "record %d of %d, for topic %s%s, was not acknowledged: %s; %s"
                .formatted(
                        index + 1,
                        count,
                        record.topic(),
                        record.partition() == null ? "" : " partition " + record.partition(),
                        reason,
                        FailureClassifier.kindOf(cause).consequence());
    }
}
