// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.consume.offsets.StartingOffsets;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Leaves partitions to other members of the group: what was handed over is committed while they are still ours, what is pending is dropped.
 * Sees to it that new ones are read from where the group is, or from behind what the channels have of them.
 *
 * <p>Called inside {@code poll} and {@code close}, on their thread.
 */
final class SourceRebalanceListener implements ConsumerRebalanceListener {

    private final Consumer<?, ?> consumer;
    private final SourceOffsets offsets;
    private final BatchCollector collector;
    private final StartingOffsets first;
    private final ExpulsionReport report;

    SourceRebalanceListener(
            Consumer<?, ?> consumer,
            SourceOffsets offsets,
            BatchCollector collector,
            StartingOffsets first,
            ExpulsionReport report) {
        this.consumer = consumer;
        this.offsets = offsets;
        this.collector = collector;
        this.first = first;
        this.report = report;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        offsets.leave(partitions);
        collector.drop(partitions);
        first.onRevoked(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        report.lost(partitions, collector.worked());
        offsets.lose(partitions);
        collector.drop(partitions);
        first.onRevoked(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        first.onAssigned(partitions);
        collector.assigned(partitions);
        Map<TopicPartition, OffsetAndMetadata> goOn = offsets.assigned(partitions);
        goOn.forEach(consumer::seek);
        report.goesOn(goOn);
    }
}
