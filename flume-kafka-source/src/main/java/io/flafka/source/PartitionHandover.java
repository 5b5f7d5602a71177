// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.consume.FirstOffsets;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * Leaves partitions to other members of the group: what was handed over is committed while they are still ours, what is pending is dropped.
 * Sees to it that new ones are read from where the group is.
 *
 * <p>Called inside {@code poll} and {@code close}, on their thread.
 */
final class PartitionHandover implements ConsumerRebalanceListener {

    private final SourceOffsets offsets;
    private final BatchCollector collector;
    private final FirstOffsets first;

    PartitionHandover(SourceOffsets offsets, BatchCollector collector, FirstOffsets first) {
        this.offsets = offsets;
        this.collector = collector;
        this.first = first;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        offsets.leave(partitions);
        collector.drop(partitions);
        first.gone(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        offsets.drop(partitions);
        collector.drop(partitions);
        first.gone(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        first.assigned(partitions);
    }
}
