// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import java.util.Collection;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a group begins in partitions that it has not read before. Partitions for which that is not decided must not be read, so they stay paused.
 *
 * <p>For the thread that owns the consumer.
 */
public interface StartingOffsets {

    /** Kafka decides, by {@code auto.offset.reset}. */
    StartingOffsets OF_KAFKA = new StartingOffsets() {
        @Override
        public void assigned(Collection<TopicPartition> partitions) {
            // Nothing is left to decide.
        }

        @Override
        public void gone(Collection<TopicPartition> partitions) {
            // Nothing is kept of them.
        }

        @Override
        public Set<TopicPartition> undecided() {
            return Set.of();
        }
    };

    /** To be called when the consumer has got them, before the poll goes on: pauses those that are not decided. */
    void assigned(Collection<TopicPartition> partitions);

    /** To be called when the consumer has them no more. */
    void gone(Collection<TopicPartition> partitions);

    /** To be called before each poll: tries again to decide, and says which partitions must stay paused. */
    Set<TopicPartition> undecided();
}
