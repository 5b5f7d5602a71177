// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.flafka.consume.ConsumerCompatibility;
import io.flafka.consume.LagGauge;
import io.flafka.consume.offsets.ReadPositions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the queues of the partitions that the group has assigned to one reader. It is the reader's side of the {@link TakeBuffer}.
 *
 * <p>Thread-safe. Guarantee: {@link #offsetsToCommit} never returns an offset beyond a record that is not done, nor an offset of a partition that was
 * revoked, or from before the partition was read again from elsewhere.
 */
public final class AssignedQueues implements TakeBuffer.Reader, ReadPositions.PendingRecords, LagGauge.Undelivered {

    private static final Logger LOG = LoggerFactory.getLogger(AssignedQueues.class);

    private final String channel;
    private final TakeBuffer buffer;
    private final Runnable wake;
    private final CommitRequests commits = new CommitRequests();
    private final SinkCommits sinkCommits = new SinkCommits();

    @GuardedBy("buffer.lock")
    private final Map<TopicPartition, PartitionQueue> queues = new HashMap<>();

    @GuardedBy("buffer.lock")
    private final Set<TopicPartition> paused = new HashSet<>();

    /**
     * Adds a reader to the buffer.
     *
     * @param channel the channel's name, for messages
     * @param wake wakes the reader from its poll, on any thread
     */
    public AssignedQueues(String channel, TakeBuffer buffer, Runnable wake) {
        this.channel = channel;
        this.buffer = buffer;
        this.wake = wake;
    }

    /** Adds the records of one poll. */
    public void add(ConsumerRecords<byte[], byte[]> read) {
        buffer.lock.lock();
        try {
            for (TopicPartition partition : read.partitions()) {
                add(partition, read.records(partition));
            }
            ConsumerCompatibility.nextOffsets(read).forEach((partition, next) -> {
                PartitionQueue queue = queues.get(partition);
                if (queue != null) {
                    queue.readUpTo(next.offset());
                }
            });
            if (!read.isEmpty()) {
                buffer.signalChange();
            }
        } finally {
            buffer.lock.unlock();
        }
    }

    @GuardedBy("buffer.lock")
    private void add(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        long firstOffset = records.get(0).offset();
        PartitionQueue queue = queues.get(partition);
        if (queue != null && firstOffset < queue.position()) {
            // Whatever the reason: the offsets that were read before can belong to other records now.
            LOG.warn(
                    "KafkaChannel {}: partition {} is read again from offset {} although it was read up to offset {};"
                            + " the events in between can be delivered again",
                    channel,
                    partition,
                    firstOffset,
                    queue.position());
            revoke(Set.of(partition));
            queue = null;
        }
        if (queue == null) {
            queue = buffer.open(partition, firstOffset, this);
            queues.put(partition, queue);
        }
        queue.add(records);
    }

    @Override
    public void onTaken(TopicPartition partition) {
        buffer.lock.lock();
        try {
            PartitionQueue queue = queues.get(partition);
            if (queue != null
                    && paused.contains(partition)
                    && buffer.readAhead().hasSpace(queue, queues.size())) {
                wake.run();
            }
        } finally {
            buffer.lock.unlock();
        }
    }

    /** Returns all partitions that must be paused now because they have too many records waiting. */
    public Set<TopicPartition> partitionsToPause() {
        buffer.lock.lock();
        try {
            for (PartitionQueue queue : queues.values()) {
                if (buffer.readAhead().isFull(queue, queues.size())) {
                    paused.add(queue.partition());
                } else if (buffer.readAhead().hasSpace(queue, queues.size())) {
                    paused.remove(queue.partition());
                }
            }
            return new HashSet<>(paused);
        } finally {
            buffer.lock.unlock();
        }
    }

    @Override
    public Map<TopicPartition, OfPartition> byPartition() {
        buffer.lock.lock();
        try {
            return queues.values().stream()
                    .filter(queue -> !queue.isFinished())
                    .collect(Collectors.toMap(
                            PartitionQueue::partition,
                            queue -> new OfPartition(queue.unfinishedRecords(), queue.oldestTimestamp())));
        } finally {
            buffer.lock.unlock();
        }
    }

    @Override
    public PendingCommit requestCommit() {
        PendingCommit commit = commits.request();
        wake.run();
        return commit;
    }

    @Override
    public SinkCommits sinkCommits() {
        return sinkCommits;
    }

    @Override
    public void wake() {
        wake.run();
    }

    /** Returns true if a transaction waits for a commit that has not begun. */
    public boolean isCommitRequested() {
        return commits.isPending();
    }

    /** Returns the requested commit, if any. To call before {@link #offsetsToCommit}: requests from then on get the commit after it. */
    public Optional<PendingCommit> beginRequestedCommit() {
        return commits.begin();
    }

    /** Returns the offsets that Kafka has not confirmed yet, if the readers commit them. */
    public Map<TopicPartition, OffsetAndMetadata> offsetsToCommit() {
        if (buffer.commits() instanceof OffsetCommits.BySinks) {
            return Map.of();
        }
        buffer.lock.lock();
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            for (PartitionQueue queue : queues.values()) {
                if (queue.hasOffsetToCommit()) {
                    offsets.put(queue.partition(), queue.offsetToCommit());
                }
            }
            return offsets;
        } finally {
            buffer.lock.unlock();
        }
    }

    /** Returns true if all records that were read are done, and the reader has committed their offsets. It stays so until more records are added. */
    public boolean areCommitted() {
        buffer.lock.lock();
        try {
            return queues.values().stream().allMatch(PartitionQueue::isFinished)
                    && offsetsToCommit().isEmpty();
        } finally {
            buffer.lock.unlock();
        }
    }

    /** Records that Kafka has these offsets. Those of a partition that was revoked meanwhile are ignored. */
    public void onCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        buffer.lock.lock();
        try {
            offsets.forEach((partition, offset) -> {
                PartitionQueue queue = queues.get(partition);
                if (queue != null) {
                    queue.onCommitted(offset);
                }
            });
        } finally {
            buffer.lock.unlock();
        }
    }

    /**
     * Gives no more records of these partitions to sinks, and waits until the transactions that hold them have ended. Returns false if some have not
     * ended in time.
     */
    public boolean drain(Collection<TopicPartition> partitions, Duration timeout) {
        buffer.lock.lock();
        try {
            List<PartitionQueue> draining = new ArrayList<>(queues.values());
            draining.removeIf(queue -> !partitions.contains(queue.partition()));
            draining.forEach(PartitionQueue::close);
            return buffer.await(() -> draining.stream().noneMatch(PartitionQueue::isHeld), timeout);
        } finally {
            buffer.lock.unlock();
        }
    }

    /**
     * Drops what was read of these partitions. Events that open transactions took from them can be delivered, but their offsets are not committed.
     */
    public void revoke(Collection<TopicPartition> partitions) {
        buffer.lock.lock();
        try {
            for (TopicPartition partition : partitions) {
                PartitionQueue queue = queues.remove(partition);
                if (queue != null) {
                    buffer.revoke(queue);
                }
                paused.remove(partition);
                // Whoever reads it next begins at the committed offset anyway.
                sinkCommits.cancelReadAgain(partition);
            }
        } finally {
            buffer.lock.unlock();
        }
    }

    @Override
    public OptionalLong lowestPendingOffset(TopicPartition partition) {
        buffer.lock.lock();
        try {
            PartitionQueue queue = queues.get(partition);
            return queue == null ? OptionalLong.empty() : OptionalLong.of(queue.committableOffset());
        } finally {
            buffer.lock.unlock();
        }
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {
        revoke(partitions);
    }

    /** Returns the partitions of which records have been read. */
    public Set<TopicPartition> partitions() {
        buffer.lock.lock();
        try {
            return new HashSet<>(queues.keySet());
        } finally {
            buffer.lock.unlock();
        }
    }

    /** Reports that Kafka cannot be read. Takes that find no record fail with this reason. */
    public void reportOutage(String reason) {
        buffer.reportOutage(this, reason);
    }

    /** Reports that Kafka can be read again. */
    public void endOutage() {
        buffer.endOutage(this);
    }

    /** Drops all partitions after the reader has stopped, refuses commits from now on, and makes takes that find no record fail with this reason. */
    public void stop(String reason) {
        revoke(partitions());
        buffer.reportOutage(this, reason);
        commits.stop();
    }
}
