// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.consume.KafkaVersions;
import io.flafka.consume.offsets.ReadPositions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader's side of the {@link TakeBuffer}: the queues of the partitions that the group has assigned to it.
 *
 * <p>Thread-safe. Guarantee: {@link #owed} never goes beyond a record that is not done, and never names a partition that was revoked, or an offset from
 * before it was read anew.
 */
public final class AssignedQueues implements ReadPositions.PendingRecords {

    private static final Logger LOG = LoggerFactory.getLogger(AssignedQueues.class);

    private final TakeBuffer buffer;
    private final TakeOrdering ordering;
    private final ReadAheadLimits readAhead;
    private final Runnable wake;
    private final Map<TopicPartition, PartitionQueue> queues = new HashMap<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private Optional<PendingCommit> wanted = Optional.empty();
    private boolean ended;

    AssignedQueues(TakeBuffer buffer, TakeOrdering ordering, ReadAheadLimits readAhead, Runnable wake) {
        this.buffer = buffer;
        this.ordering = ordering;
        this.readAhead = readAhead;
        this.wake = wake;
    }

    /** What was read, for the sinks. */
    public void add(ConsumerRecords<byte[], byte[]> read) {
        buffer.locked(() -> {
            for (TopicPartition partition : read.partitions()) {
                var records = read.records(partition);
                forgetIfBefore(partition, records.get(0).offset());
                PartitionQueue queue = queues.get(partition);
                if (queue == null) {
                    queue = new PartitionQueue(
                            partition, this, ordering, records.get(0).offset());
                    queues.put(partition, queue);
                    buffer.join(queue);
                }
                queue.add(records);
            }
            KafkaVersions.nextOffsets(read).forEach((partition, next) -> {
                PartitionQueue queue = queues.get(partition);
                if (queue != null) {
                    queue.readUpTo(next.offset());
                }
            });
            return true;
        });
    }

    /** Whatever the reason: an offset that was reached once is not another record's. */
    private void forgetIfBefore(TopicPartition partition, long firstOffset) {
        PartitionQueue queue = queues.get(partition);
        if (queue != null && firstOffset < queue.position()) {
            LOG.warn(
                    "Kafka channel: partition {} is read again from offset {}, after it was read up to {}; it begins anew there",
                    partition,
                    firstOffset,
                    queue.position());
            forget(Set.of(partition));
        }
    }

    /** With the lock: something was taken from this queue, which may make room in it. */
    void taken(PartitionQueue queue) {
        if (paused.contains(queue.partition()) && readAhead.hasRoom(queue, queues.size())) {
            wake.run();
        }
    }

    /** The partitions to pause, all of them, each time. */
    public Set<TopicPartition> toPause() {
        return buffer.locked(() -> {
            for (PartitionQueue queue : queues.values()) {
                if (readAhead.isFull(queue, queues.size())) {
                    paused.add(queue.partition());
                } else if (readAhead.hasRoom(queue, queues.size())) {
                    paused.remove(queue.partition());
                }
            }
            return new HashSet<>(paused);
        });
    }

    /** How many records have been read and are not done. */
    public long unfinished() {
        return buffer.locked(() ->
                queues.values().stream().mapToLong(PartitionQueue::unfinished).sum());
    }

    /** Asks for a commit of all that is done by now. */
    public PendingCommit requestCommit() {
        PendingCommit round = buffer.locked(() -> {
            PendingCommit next = wanted.orElseGet(PendingCommit::new);
            if (ended) {
                next.refuse();
            } else {
                wanted = Optional.of(next);
            }
            return next;
        });
        wake.run();
        return round;
    }

    /** Whether somebody waits for a commit. */
    public boolean isCommitWanted() {
        return buffer.locked(wanted::isPresent);
    }

    /** The commit that is waited for, if any: who asks from now on waits for the one after it. */
    public Optional<PendingCommit> beginCommit() {
        return buffer.locked(() -> {
            Optional<PendingCommit> begun = wanted;
            wanted = Optional.empty();
            return begun;
        });
    }

    /** The offsets that Kafka does not know yet. */
    public Map<TopicPartition, OffsetAndMetadata> owed() {
        return buffer.locked(() -> {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            for (PartitionQueue queue : queues.values()) {
                if (queue.isOwed()) {
                    offsets.put(queue.partition(), queue.owed());
                }
            }
            return offsets;
        });
    }

    /** Kafka knows these offsets; those of a partition that has gone in the meantime matter to nobody. */
    public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        buffer.locked(() -> {
            offsets.forEach((partition, offset) -> forEach(Set.of(partition), queue -> queue.committed(offset)));
            return true;
        });
    }

    /** No sink takes from these partitions any more. Waits a bounded time until the transactions that hold them have ended; false if some have not. */
    public boolean drain(Collection<TopicPartition> partitions, Duration grace) {
        return buffer.locked(() -> {
            forEach(partitions, PartitionQueue::close);
            return buffer.await(() -> !isHeld(partitions), grace);
        });
    }

    private boolean isHeld(Collection<TopicPartition> partitions) {
        return partitions.stream().map(queues::get).anyMatch(queue -> queue != null && queue.isHeld());
    }

    /** These partitions are another member's now. */
    public void revoke(Collection<TopicPartition> partitions) {
        buffer.locked(() -> {
            forEach(partitions, queue -> {
                queue.revoke();
                buffer.leave(queue);
            });
            queues.keySet().removeAll(partitions);
            paused.removeAll(partitions);
            return true;
        });
    }

    @Override
    public OptionalLong lowestPendingOffset(TopicPartition partition) {
        return buffer.locked(() -> {
            PartitionQueue queue = queues.get(partition);
            return queue == null ? OptionalLong.empty() : OptionalLong.of(queue.committable());
        });
    }

    /** As if another member read them now: what open transactions hold of them may end, and is not committed. */
    @Override
    public void forget(Collection<TopicPartition> partitions) {
        revoke(partitions);
    }

    private void forEach(Collection<TopicPartition> partitions, Consumer<PartitionQueue> change) {
        for (TopicPartition partition : partitions) {
            PartitionQueue queue = queues.get(partition);
            if (queue != null) {
                change.accept(queue);
            }
        }
    }

    /** The partitions of which something has been read. */
    public Set<TopicPartition> partitions() {
        return buffer.locked(() -> new HashSet<>(queues.keySet()));
    }

    /** Kafka cannot be read at the moment. */
    public void troubled(String reason) {
        buffer.locked(() -> {
            buffer.troubled(this, reason);
            return true;
        });
    }

    /** Kafka can be read again. */
    public void recovered() {
        buffer.locked(() -> {
            buffer.recovered(this);
            return true;
        });
    }

    /** The reader has ended, and will not read or commit again. */
    public void ended(String reason) {
        revoke(partitions());
        buffer.locked(() -> {
            ended = true;
            buffer.troubled(this, reason);
            wanted.ifPresent(PendingCommit::refuse);
            wanted = Optional.empty();
            return true;
        });
    }
}
