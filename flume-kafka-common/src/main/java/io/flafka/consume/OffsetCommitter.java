// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Commits offsets and waits until Kafka has them.
 *
 * <p>For the thread that owns the consumer. A wake-up or an interrupt that was meant for {@code poll} does not lose the commit: it is tried
 * again, and the interrupt is given back.
 */
public final class OffsetCommitter {

    private final Consumer<?, ?> consumer;
    private final Duration timeout;

    /**
     * For one consumer.
     *
     * @param timeout the bound of one commit
     */
    public OffsetCommitter(Consumer<?, ?> consumer, Duration timeout) {
        this.consumer = consumer;
        this.timeout = timeout;
    }

    /**
     * Returns when Kafka has the offsets.
     *
     * @throws KafkaException if it has not: the caller still owes them
     */
    public void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (!tryCommit(offsets)) {
                // Kafka's exception sets the flag, with which the next try would fail as well.
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean tryCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, timeout);
            return true;
        } catch (WakeupException | InterruptException meantForPoll) {
            return false;
        }
    }
}
