// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.batch;

import io.flafka.config.LogSafeText;
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
    private final String whatFailed;
    private final String reason;

    /** Of one record: the first that failed. */
    public PublishException(
            int firstFailed, int count, String reason, ProducerRecord<String, byte[]> record, Throwable cause) {
        this(firstFailed, count, describe(reason, record, cause), reason, cause);
    }

    private PublishException(int firstFailed, int count, String whatFailed, String reason, @Nullable Throwable cause) {
        super(
                firstFailed < count
                        ? "record %d of %d, %s".formatted(firstFailed + 1, count, whatFailed)
                        : "the Kafka transaction of %d records %s".formatted(count, whatFailed),
                cause);
        this.firstFailed = firstFailed;
        this.whatFailed = whatFailed;
        this.reason = reason;
    }

    /** Of no record by itself, but of the Kafka transaction that all of them are in. */
    public static PublishException ofTransaction(int count, String reason, Throwable cause) {
        return new PublishException(count, count, "was not confirmed: " + reason, reason, cause);
    }

    /** The same record's, in a batch that has other records too. */
    public PublishException at(int index, int count) {
        return new PublishException(index, count, whatFailed, reason, getCause());
    }

    /** The same, if no record by itself is the reason: without a cause, which would be said of one. */
    public PublishException ofNone(int count) {
        return new PublishException(count, count, "was not confirmed: " + reason, reason, null);
    }

    /** The index of the first record that failed; the number of records if none of them is the reason. */
    public int firstFailed() {
        return firstFailed;
    }

    /** Why, in words for an operator. */
    public String reason() {
        return reason;
    }

    private static String describe(String reason, ProducerRecord<String, byte[]> record, Throwable cause) {
        return "for topic %s%s, was not acknowledged: %s; %s"
                .formatted(
                        LogSafeText.value(record.topic()),
                        record.partition() == null ? "" : " partition " + record.partition(),
                        reason,
                        FailureClassifier.kindOf(cause).consequence());
    }
}
