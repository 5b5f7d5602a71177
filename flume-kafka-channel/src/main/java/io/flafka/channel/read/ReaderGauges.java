// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.channel.metrics.PausedTime;
import io.flafka.channel.take.AssignedQueues;
import io.flafka.consume.ConsumerLag;
import io.flafka.consume.LagGauge;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** What one reader shows in the channel's metrics. For the reader's thread, except {@link #lag}. */
final class ReaderGauges {

    private final LagGauge lag;
    private final PausedTime.OfReader paused;
    private Set<TopicPartition> withoutStart = Set.of();

    ReaderGauges(AssignedQueues queues, PausedTime.OfReader paused) {
        this.lag = new LagGauge(queues);
        this.paused = paused;
    }

    /**
     * Notes what the next poll leaves out.
     *
     * @param full partitions of which enough records wait
     * @param undecided partitions of which it is not known yet where to begin
     */
    void beforePoll(Set<TopicPartition> full, Set<TopicPartition> undecided) {
        paused.set(!full.isEmpty());
        withoutStart = undecided;
    }

    void afterPoll(Consumer<?, ?> consumer, ConsumerRecords<?, ?> read) {
        lag.afterPoll(consumer, read, withoutStart);
    }

    /** Returns how far the sinks are behind in the reader's partitions. */
    ConsumerLag lag() {
        return lag.lag();
    }

    /** Notes that the reader has no partitions any more. */
    void clear() {
        lag.clear();
        paused.set(false);
    }
}
