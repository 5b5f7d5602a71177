// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.consume.offsets.ReadPositions;
import io.flafka.exactlyonce.ExactlyOnceChannel;
import io.flafka.exactlyonce.MemberOffsets;
import io.flafka.exactlyonce.OffsetsToCommit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flume.Transaction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Has the offsets of delivered records committed by the source's Kafka channel, in the Kafka transactions that write their events (KIP-447).
 *
 * <p>Only for the thread that owns the consumer. Guarantee: Kafka has an event in the channel's topic and its offset, or neither. Events that
 * interceptors drop are delivered too.
 */
final class ChannelCommittedOffsets implements DeliveredOffsets {

    private final String source;
    private final Consumer<?, ?> consumer;
    private final ReadPositions positions;
    private final ExactlyOnceChannel channel;
    /** Of records that no transaction has committed yet: bad ones. */
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

    private final Set<TopicPartition> toReadAgain = new HashSet<>();

    ChannelCommittedOffsets(
            String source, Consumer<?, ?> consumer, ReadPositions positions, ExactlyOnceChannel channel) {
        this.source = source;
        this.consumer = consumer;
        this.positions = positions;
        this.channel = channel;
    }

    @Override
    public void prepare() {
        channel.prepareOffsetsOf(source);
    }

    @Override
    public void deliver(List<ConsumerRecord<byte[], byte[]>> records, Runnable put) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(uncommitted);
        offsets.putAll(NextOffsets.after(records));
        Attempt attempt = new Attempt(offsets);
        channel.commitWithNextPut(source, attempt);
        put.run();
        if (!attempt.isMade) {
            // No event was left to put.
            commitWithoutEvents();
        }
        onCommitted(offsets);
    }

    private void onCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        uncommitted.keySet().removeAll(offsets.keySet());
        toReadAgain.removeAll(offsets.keySet());
    }

    /** The transaction is still that of this thread: nobody has begun it. */
    private void commitWithoutEvents() {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            transaction.commit();
        } catch (RuntimeException | Error failed) {
            transaction.rollback();
            throw failed;
        } finally {
            transaction.close();
        }
    }

    /** The commit of some offsets. */
    private final class Attempt implements OffsetsToCommit {

        private final Map<TopicPartition, OffsetAndMetadata> offsets;
        private boolean isMade;

        private Attempt(Map<TopicPartition, OffsetAndMetadata> offsets) {
            this.offsets = offsets;
        }

        @Override
        public List<MemberOffsets> get() {
            isMade = true;
            return List.of(new MemberOffsets(consumer.groupMetadata(), positions.withMetadata(offsets)));
        }

        @Override
        public void onCommitTried() {
            toReadAgain.addAll(offsets.keySet());
            // A later commit of these could move the committed offset back.
            uncommitted.keySet().removeAll(offsets.keySet());
        }
    }

    @Override
    public void markDelivered(List<ConsumerRecord<byte[], byte[]>> records) {
        uncommitted.putAll(NextOffsets.after(records));
    }

    @Override
    public void onBatchEnd() {
        commitDelivered();
    }

    @Override
    public void commitDelivered() {
        if (!uncommitted.isEmpty()) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(uncommitted);
            channel.commitWithNextPut(source, new Attempt(offsets));
            commitWithoutEvents();
            onCommitted(offsets);
        }
    }

    /** Returns 0: Kafka has an event's offset together with the event. */
    @Override
    public long uncommittedRecords() {
        return 0;
    }

    @Override
    public Set<TopicPartition> takePartitionsToReadAgain() {
        Set<TopicPartition> partitions = new HashSet<>(toReadAgain);
        toReadAgain.clear();
        return partitions;
    }

    /** Commits nothing: what is not committed yet is a bad record, which the next owner finds again. */
    @Override
    public void onRevoked(Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    @Override
    public void onLost(Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {
        uncommitted.keySet().removeAll(partitions);
        toReadAgain.removeAll(partitions);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> onAssigned(Collection<TopicPartition> partitions) {
        return Map.of();
    }

    @Override
    public void commitBeforeClose() {
        // Everything that the channel has is committed.
    }
}
