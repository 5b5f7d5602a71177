// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.failure.FailureReason;
import io.flafka.produce.batch.SilentProducerException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Says for an operator why Kafka did not take a record. Kafka's own words are the same for a topic that does not exist and for brokers that do not
 * answer.
 *
 * @param brokers the value of {@code bootstrap.servers}
 * @param limits how large the topics' records may be
 */
public record RefusalReason(String brokers, TopicLimits limits) {

    /** Of the words with which a broker refuses a record for its size; they name neither that nor the limit. */
    private static final String BY_BROKER = "the server will accept";

    String of(ProducerRecord<String, byte[]> record, Throwable failure) {
        if (failure instanceof RecordTooLargeException
                && String.valueOf(failure.getMessage()).contains(BY_BROKER)) {
            return "%s: its %d bytes of key, headers and value are more than %s"
                    .formatted(failure.getClass().getSimpleName(), RecordSize.of(record), limit(record.topic()));
        }
        if (!(failure instanceof TimeoutException) || failure instanceof SilentProducerException) {
            return ofTransaction(failure);
        }
        String where = where(failure);
        if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
            return "topic %s not found at %s: create it, or give this client the right to see it"
                    .formatted(record.topic(), where);
        }
        // A partition that the topic does not have is waited for like a topic.
        return (record.partition() == null ? "" : "no such partition, or ") + "no answer in time from " + where;
    }

    private String limit(String topic) {
        return limits.of(topic)
                .map(bytes -> "max.message.bytes = %s of topic %s".formatted(bytes, topic))
                .orElseGet(() ->
                        "max.message.bytes of topic %s (or message.max.bytes of the broker) allows".formatted(topic));
    }

    /** Of a failure that concerns no single record. */
    public String ofTransaction(Throwable failure) {
        if (failure instanceof InterruptException) {
            return "the agent is stopping";
        }
        if (failure instanceof SilentProducerException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof AuthenticationException && !(failure instanceof SslAuthenticationException)) {
            return "kafka.bootstrap.servers=%s does not let this client in (%s)"
                    .formatted(brokers, FailureReason.of(failure));
        }
        return failure instanceof TimeoutException
                ? "no answer in time from " + where(failure)
                : FailureReason.of(failure);
    }

    private String where(Throwable failure) {
        return "kafka.bootstrap.servers=%s (%s)".formatted(brokers, FailureReason.message(failure));
    }
}
