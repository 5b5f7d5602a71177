// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.consume.ConsumerMetrics;
import io.flafka.consume.offsets.StartingOffsets;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits the offsets of partitions that are revoked and drops their pending records. Reads new partitions from the group's offset, or from after the
 * last delivered record if this member had them before.
 *
 * <p>Called inside {@code poll} and {@code close}, on their thread.
 */
final class SourceRebalanceListener implements ConsumerRebalanceListener {

    private final Consumer<?, ?> consumer;
    private final DeliveredOffsets offsets;
    private final BatchCollector collector;
    private final StartingOffsets startingOffsets;
    private final ExpulsionReport expulsions;
    private final ConsumerMetrics metrics;

    SourceRebalanceListener(
            Consumer<?, ?> consumer,
            DeliveredOffsets offsets,
            BatchCollector collector,
            StartingOffsets startingOffsets,
            ExpulsionReport expulsions,
            ConsumerMetrics metrics) {
        this.consumer = consumer;
        this.offsets = offsets;
        this.collector = collector;
        this.startingOffsets = startingOffsets;
        this.expulsions = expulsions;
        this.metrics = metrics;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        offsets.onRevoked(partitions);
        collector.drop(partitions);
        startingOffsets.onRevoked(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        expulsions.onLost(partitions, collector.processingTime());
        offsets.onLost(partitions);
        collector.drop(partitions);
        collector.lag().clear();
        startingOffsets.onRevoked(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        metrics.onAssigned();
        startingOffsets.onAssigned(partitions);
        collector.onAssigned(partitions);
        Map<TopicPartition, OffsetAndMetadata> resumed = offsets.onAssigned(partitions);
        resumed.forEach(consumer::seek);
        expulsions.onResumed(resumed);
    }
}
