// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.channel.take.AssignedQueues;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures how many events one reader's partitions hold: those that are read and not done, and the lag.
 *
 * <p>Measured on the reader's thread, read by any. Approximate, because Kafka knows the lag in offsets: in compacted topics and in topics written
 * with transactions an offset need not be a record.
 */
final class ChannelSizeGauge {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final AssignedQueues queues;
    private long lastNanos = System.nanoTime() - INTERVAL.toNanos();
    private volatile long events;

    ChannelSizeGauge(AssignedQueues queues) {
        this.queues = queues;
    }

    /** Measures again if the last time is long enough ago. To call after each poll. */
    void refresh(Consumer<?, ?> consumer) {
        if (System.nanoTime() - lastNanos < INTERVAL.toNanos()) {
            return;
        }
        long sum = queues.unfinishedRecords();
        for (TopicPartition partition : consumer.assignment()) {
            sum += lag(consumer, partition);
        }
        events = sum;
        lastNanos = System.nanoTime();
    }

    private static long lag(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            return consumer.currentLag(partition).orElse(0);
        } catch (IllegalStateException revoked) {
            // With group.protocol=consumer, Kafka's client gives partitions up on its own thread, at any time. The new
            // owner counts this one.
            return 0;
        }
    }

    /** Sets the size to 0 because the reader has no partitions any more. */
    void clear() {
        events = 0;
    }

    long events() {
        return events;
    }
}
