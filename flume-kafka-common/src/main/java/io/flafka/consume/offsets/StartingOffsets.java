// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import java.util.Collection;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides where a consumer starts in newly assigned partitions. A partition must stay paused until that is decided.
 *
 * <p>For the thread that owns the consumer.
 */
public interface StartingOffsets {

    /** Decides nothing: only Kafka has offsets of the group. */
    StartingOffsets KAFKA_ONLY = new StartingOffsets() {
        @Override
        public void onAssigned(Collection<TopicPartition> partitions) {
            // Nothing to decide.
        }

        @Override
        public void onRevoked(Collection<TopicPartition> partitions) {
            // No state to drop.
        }

        @Override
        public Set<TopicPartition> retryUndecided() {
            return Set.of();
        }
    };

    /** Decides for new partitions, and pauses those that it cannot decide yet. To be called in the assignment callback, inside the poll. */
    void onAssigned(Collection<TopicPartition> partitions);

    /** Drops the state of partitions that the consumer no longer has, revoked or lost. */
    void onRevoked(Collection<TopicPartition> partitions);

    /** Retries the undecided partitions if it is time, and returns those that must stay paused. To be called before each poll. */
    Set<TopicPartition> retryUndecided();
}
