// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * Leaves partitions to other members of the group: what was handed over is committed while they are still ours, what is pending is dropped.
 *
 * <p>Called inside {@code poll} and {@code close}, on their thread.
 */
final class PartitionHandover implements ConsumerRebalanceListener {

    private final SourceOffsets offsets;
    private final BatchCollector collector;

    PartitionHandover(SourceOffsets offsets, BatchCollector collector) {
        this.offsets = offsets;
        this.collector = collector;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        offsets.leave(partitions);
        collector.drop(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        offsets.drop(partitions);
        collector.drop(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // Their records come with the next poll.
    }
}
