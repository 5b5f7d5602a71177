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
 * Whether a consumer that could not read can again. That a poll brings nothing and does not throw tells nothing: between two refusals Kafka's client
 * pauses, and its polls are empty.
 *
 * <p>For the thread that owns the consumer.
 */
public final class RecoveryCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private RecoveryCheck() {}

    /** Whether the consumer has partitions, and Kafka answers a question about one of them. */
    public static boolean answers(Consumer<?, ?> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        if (assigned.isEmpty()) {
            return false;
        }
        try {
            return !consumer.beginningOffsets(Set.of(assigned.iterator().next()), TIMEOUT)
                    .isEmpty();
        } catch (WakeupException | InterruptException | AuthorizationException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException stillInTrouble) {
            return false;
        }
    }
}
