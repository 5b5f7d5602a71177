// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Checks whether a consumer that failed can read again. An empty poll without an exception does not prove that: Kafka's client pauses between two
 * attempts, and its polls are empty meanwhile.
 *
 * <p>For the thread that owns the consumer.
 */
public final class RecoveryCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private RecoveryCheck() {}

    /**
     * Returns whether the consumer has partitions, and Kafka answers a question about one of them.
     *
     * @throws AuthorizationException if Kafka refuses, which the caller must handle like a refusal of a poll
     */
    public static boolean hasRecovered(Consumer<?, ?> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        if (assigned.isEmpty()) {
            return false;
        }
        try {
            return !consumer.beginningOffsets(Set.of(assigned.iterator().next()), TIMEOUT)
                    .isEmpty();
        } catch (WakeupException | InterruptException | AuthorizationException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException stillFailing) {
            return false;
        }
    }
}
