// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.batch;

import io.flafka.config.LogSafeText;
import io.flafka.failure.FailureClassifier;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reports that Kafka has not acknowledged a record of a batch, or has not confirmed the batch's Kafka transaction. The message names the record or
 * the transaction, the reason, and what happens next.
 */
public final class PublishException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int firstFailed;
    private final String description;
    private final String reason;

    /** Creates the failure of one record. */
    public PublishException(
            int firstFailed, int count, String reason, ProducerRecord<String, byte[]> record, Throwable cause) {
        this(firstFailed, count, describe(reason, record, cause), reason, cause);
    }

    private PublishException(int firstFailed, int count, String description, String reason, @Nullable Throwable cause) {
        super(
                firstFailed < count
                        ? "record %d of %d, %s".formatted(firstFailed + 1, count, description)
                        : "the Kafka transaction of %d records %s".formatted(count, description),
                cause);
        this.firstFailed = firstFailed;
        this.description = description;
        this.reason = reason;
    }

    /** Returns the failure of a Kafka transaction that no single record caused. */
    public static PublishException ofTransaction(int count, String reason, Throwable cause) {
        return new PublishException(count, count, "was not confirmed: " + reason, reason, cause);
    }

    /**
     * Returns the failure of a bad record, if there is one, rather than that of a record that only shared a request or a transaction with it.
     *
     * @param failures in the order in which the records were sent. No record is sent after one whose topic is missing, but Kafka's client gives its reason
     *     for the earlier ones of the transaction too
     */
    public static PublishException mostSpecific(List<PublishException> failures) {
        PublishException last = failures.get(failures.size() - 1);
        return failures.stream()
                .filter(failure -> FailureClassifier.isOfRecord(failure.getCause()))
                .findFirst()
                .orElse(FailureClassifier.isMissingTopic(last.getCause()) ? last : failures.get(0));
    }

    /** Returns the same failure for the record's index in a larger batch. */
    public PublishException atIndex(int index, int count) {
        return new PublishException(index, count, description, reason, getCause());
    }

    /** Returns the same failure, but of the whole Kafka transaction. It has no cause, because the cause would blame a single record. */
    public PublishException blamingNoRecord(int count) {
        return new PublishException(count, count, "was not confirmed: " + reason, reason, null);
    }

    /** Returns the index of the failed record, or the number of records if no single record is the reason. */
    public int firstFailed() {
        return firstFailed;
    }

    /** Returns the reason, in words for an operator. */
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
