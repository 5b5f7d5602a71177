// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.consume.OffsetLedger;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Leaves partitions to other members of the group: what was handed over is committed while they are still ours, what is pending is dropped.
 *
 * <p>Called inside {@code poll} and {@code close}, on their thread.
 */
final class PartitionHandover implements ConsumerRebalanceListener {

    /** Commits what it can; a failure is its own to report. */
    interface Commits {
        void commit(Map<TopicPartition, OffsetAndMetadata> offsets);
    }

    private final OffsetLedger ledger;
    private final BatchCollector collector;
    private final Commits commits;

    PartitionHandover(OffsetLedger ledger, BatchCollector collector, Commits commits) {
        this.ledger = ledger;
        this.collector = collector;
        this.commits = commits;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commits.commit(ledger.uncommitted(partitions));
        onPartitionsLost(partitions);
    }

    /** They are somebody else's already: a commit now could rewind that member. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        ledger.drop(partitions);
        collector.drop(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // Their records come with the next poll.
    }
}
