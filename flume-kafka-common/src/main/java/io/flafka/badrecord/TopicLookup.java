// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers whether a topic exists. Stateless. */
final class TopicLookup {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private TopicLookup() {}

    /** Returns whether a broker says, within 5 s, that it does not know the topic. No answer is not that. */
    static boolean isMissing(String topic, Supplier<Admin> admins) {
        try {
            Admin admin = admins.get();
            try {
                admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs((int) TIMEOUT.toMillis()))
                        .allTopicNames()
                        .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                return false;
            } finally {
                // Nobody waits for an answer that is still outstanding.
                admin.close(Duration.ZERO);
            }
        } catch (ExecutionException answer) {
            return answer.getCause() instanceof UnknownTopicOrPartitionException;
        } catch (TimeoutException | KafkaException | FlumeException noAnswer) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
