// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.failure.ClientAccess;
import io.flafka.failure.FailureReason;
import io.flafka.produce.batch.SilentProducerException;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Explains to the operator why Kafka refused a record. Kafka's own message is the same for a topic that does not exist and for brokers that do not
 * answer.
 *
 * @param access which brokers the client writes to, and as whom
 * @param limits finds out why a topic refuses records
 */
public record RefusalReason(ClientAccess access, TopicLimits limits) {

    /** A part of Kafka's message if a broker refuses a record for its size. The message gives neither the size nor the limit. */
    private static final String REFUSED_BY_BROKER = "the server will accept";

    /** A part of Kafka's message if a right is missing. */
    private static final String DENIED = "authorization failed";

    String ofRecord(ProducerRecord<String, byte[]> record, Throwable failure) {
        if (failure instanceof RecordTooLargeException
                && String.valueOf(failure.getMessage()).contains(REFUSED_BY_BROKER)) {
            return "%s: its %d bytes of key, headers and value are more than %s"
                    .formatted(
                            failure.getClass().getSimpleName(), RecordSize.of(record), describeLimit(record.topic()));
        }
        if (!(failure instanceof TimeoutException) || failure instanceof SilentProducerException) {
            return ofTransaction(failure);
        }
        if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
            return "topic %s not found at kafka.bootstrap.servers=%s (%s): create it, or allow %s to describe it (ACL operation Describe)"
                    .formatted(record.topic(), access.brokers(), FailureReason.message(failure), access.user());
        }
        Optional<String> missingReplicas = limits.missingReplicas(record.topic());
        if (missingReplicas.isPresent()) {
            return "%s (%s)".formatted(missingReplicas.get(), FailureReason.message(failure));
        }
        // The client waits for a partition that does not exist as it does for a topic.
        return (record.partition() == null ? "" : "no such partition, or ") + "no answer in time from "
                + describeBrokers(failure);
    }

    private String describeLimit(String topic) {
        return limits.maxMessageBytes(topic)
                .map(bytes -> "max.message.bytes = %s of topic %s".formatted(bytes, topic))
                .orElseGet(() ->
                        "max.message.bytes of topic %s (or message.max.bytes of the broker) allows".formatted(topic));
    }

    /** Returns the reason of a failure that no single record caused. */
    public String ofTransaction(Throwable failure) {
        if (failure instanceof InterruptException) {
            return "the agent is stopping";
        }
        if (failure instanceof SilentProducerException) {
            return String.valueOf(failure.getMessage());
        }
        return failure instanceof TimeoutException
                ? "no answer in time from " + describeBrokers(failure)
                : access.reason(failure);
    }

    /** Returns the reason why a producer gets no producer id. */
    String ofMissingId() {
        return "%s may write no topic at %s; allow it the ACL operation Write on the topics that it writes"
                .formatted(access.user(), access.address());
    }

    /** Returns the reason why the offsets of a transaction are not accepted. Kafka's message does not name the topic that may not be read. */
    public String ofOffsets(Throwable failure) {
        String reason = ofTransaction(failure);
        return reason.contains(DENIED)
                ? "%s; allow %s the ACL operation Read on the topics and the group whose offsets it commits"
                        .formatted(reason, access.user())
                : reason;
    }

    private String describeBrokers(Throwable failure) {
        return access.noAnswer(FailureReason.message(failure));
    }
}
