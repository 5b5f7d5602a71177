// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Says for an operator why Kafka did not take a record. Kafka's own words are the same for a topic that does not exist and for brokers that do not
 * answer.
 *
 * @param brokers the value of {@code bootstrap.servers}
 */
record RefusalReason(String brokers) {

    String of(ProducerRecord<String, byte[]> record, Throwable failure) {
        if (failure instanceof InterruptException) {
            return "the agent is stopping";
        }
        if (!(failure instanceof TimeoutException)) {
            return failure.getClass().getSimpleName() + ": " + failure.getMessage();
        }
        String where = "kafka.bootstrap.servers=%s (%s)".formatted(brokers, failure.getMessage());
        if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
            return "topic %s not found at %s: create it, or give this client the right to see it"
                    .formatted(record.topic(), where);
        }
        // A partition that the topic does not have is waited for like a topic.
        return (record.partition() == null ? "" : "no such partition, or ") + "no answer in time from " + where;
    }
}
