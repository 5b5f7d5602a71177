// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.channel.take.AssignedQueues;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How many events one reader's partitions have in store: read and not done, and not read yet.
 *
 * <p>Measured on the reader's thread, shown to any. Approximate by what is on its way, and for topics that are compacted or written in transactions,
 * where an offset need not be a record.
 */
final class ChannelSizeGauge {

    private static final Duration NEXT_LOOK = Duration.ofSeconds(1);

    private final AssignedQueues queues;
    private long lastNanos = System.nanoTime() - NEXT_LOOK.toNanos();
    private volatile long events;

    ChannelSizeGauge(AssignedQueues queues) {
        this.queues = queues;
    }

    /** To be called after each poll; costs something once a second. */
    void look(Consumer<?, ?> consumer) {
        if (System.nanoTime() - lastNanos < NEXT_LOOK.toNanos()) {
            return;
        }
        long sum = queues.unfinished();
        for (TopicPartition partition : consumer.assignment()) {
            sum += lag(consumer, partition);
        }
        events = sum;
        lastNanos = System.nanoTime();
    }

    private static long lag(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            return consumer.currentLag(partition).orElse(0);
        } catch (IllegalStateException gone) {
            // With group.protocol=consumer Kafka's client gives it up on a thread of its own: it is another member's to
            // count.
            return 0;
        }
    }

    /** The reader has no partitions any more. */
    void over() {
        events = 0;
    }

    long events() {
        return events;
    }
}
