// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets of delivered records, and how they are committed. Only for the thread that owns the consumer.
 *
 * <p>Guarantee: a commit never includes a record that is not delivered, nor a partition that was lost or forgotten.
 */
interface DeliveredOffsets {

    /**
     * Makes Kafka ready to give out the group's offsets.
     *
     * @throws org.apache.flume.ChannelException if that is not possible now
     */
    void prepare();

    /**
     * Puts the events of these records into the channels. The records are delivered when this returns.
     *
     * @param records the records of the events, those of a partition in the order of their offsets
     * @param put puts the events; what it throws, this throws
     */
    void deliver(List<ConsumerRecord<byte[], byte[]>> records, Runnable put);

    /** Marks records as delivered that need no put: bad ones that were disposed of. */
    void markDelivered(List<ConsumerRecord<byte[], byte[]>> records);

    /** Called after each batch. Commits what is delivered and not committed yet, now or together with the next batches. */
    void onBatchEnd();

    /** Commits what is delivered and not committed yet. Need not wait for the answer. */
    void commitDelivered();

    /** Returns how many delivered records Kafka has not confirmed the offsets of. For any thread. */
    long uncommittedRecords();

    /** Returns the partitions that must be read again from the group's offsets, and forgets them. */
    Set<TopicPartition> takePartitionsToReadAgain();

    /** Stops tracking partitions that are about to be revoked, after a last commit. */
    void onRevoked(Collection<TopicPartition> partitions);

    /** Stops tracking partitions that another member may have already. */
    void onLost(Collection<TopicPartition> partitions);

    /** Forgets all progress in these partitions. It is never committed. */
    void forget(Collection<TopicPartition> partitions);

    /**
     * Called when partitions are assigned.
     *
     * @return the offsets at which partitions must resume that this member had before
     */
    Map<TopicPartition, OffsetAndMetadata> onAssigned(Collection<TopicPartition> partitions);

    /** Commits for the last time. */
    void commitBeforeClose();
}
