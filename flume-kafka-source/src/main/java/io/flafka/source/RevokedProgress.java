// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.consume.offsets.OffsetCommitter;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how far partitions were delivered that this member lost before it could commit their offsets, and says where to resume them if they come
 * back.
 *
 * <p>Only for the thread that owns the consumer. Guarantee: never skips a record that is not delivered. If the group's offset has changed since,
 * another member or a person has moved it, and the group's offset is used. Keeps two offsets per partition.
 */
final class RevokedProgress {

    private static final Duration LOOK_UP_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final OffsetCommitter committer;
    /** The group's offset in each assigned partition, as this member last knew it. A partition whose offset is not known is absent. */
    private final Map<TopicPartition, GroupOffset> groupOffsets = new HashMap<>();

    private final Map<TopicPartition, Progress> progressByPartition = new HashMap<>();

    /**
     * The group's offset in a partition.
     *
     * @param committed null if the group has none
     */
    private record GroupOffset(@Nullable OffsetAndMetadata committed) {

        boolean isStill(@Nullable OffsetAndMetadata now) {
            return Objects.equals(committed, now);
        }
    }

    /**
     * What was delivered of a partition that is gone.
     *
     * @param groupOffset the group's offset when the partition went
     * @param next the offset after the last delivered record
     * @param asCommitted {@code next} as it would have been committed then; differs if the topic was recreated since
     */
    private record Progress(GroupOffset groupOffset, OffsetAndMetadata next, OffsetAndMetadata asCommitted) {}

    RevokedProgress(Consumer<?, ?> consumer, OffsetCommitter committer) {
        this.consumer = consumer;
        this.committer = committer;
    }

    /** Notes offsets that this member has committed. */
    void onCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) ->
                groupOffsets.computeIfPresent(partition, (same, old) -> new GroupOffset(offset)));
    }

    /**
     * Remembers the progress in partitions that were revoked or lost.
     *
     * @param uncommitted their delivered offsets whose commit is not confirmed
     */
    void onRevokedOrLost(Collection<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> uncommitted) {
        for (TopicPartition partition : partitions) {
            GroupOffset groupOffset = groupOffsets.remove(partition);
            OffsetAndMetadata next = uncommitted.get(partition);
            if (groupOffset != null && next != null) {
                progressByPartition.put(partition, new Progress(groupOffset, next, asCommitted(partition, next)));
            }
        }
    }

    /** Forgets these partitions, for example because their topic was recreated. */
    void forget(Collection<TopicPartition> partitions) {
        groupOffsets.keySet().removeAll(partitions);
        progressByPartition.keySet().removeAll(partitions);
    }

    /** Returns the offsets at which to resume those of the new partitions that must not start from the group's offset. */
    Map<TopicPartition, OffsetAndMetadata> onAssigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> resumed = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> committed = lookUpGroupOffsets(Set.copyOf(partitions));
        for (TopicPartition partition : partitions) {
            Progress progress = progressByPartition.remove(partition);
            boolean isGroupOffsetKnown = groupOffsets.containsKey(partition);
            if (progress != null
                    && isGroupOffsetKnown
                    && progress.groupOffset().isStill(committed.get(partition))
                    && progress.asCommitted().equals(asCommitted(partition, progress.next()))) {
                resumed.put(partition, progress.next());
            }
        }
        return resumed;
    }

    private OffsetAndMetadata asCommitted(TopicPartition partition, OffsetAndMetadata next) {
        return committer.withMetadata(Map.of(partition, next)).getOrDefault(partition, next);
    }

    /** Asks Kafka for the group's offsets and notes them. Returns nothing if Kafka does not answer. */
    private Map<TopicPartition, OffsetAndMetadata> lookUpGroupOffsets(Set<TopicPartition> partitions) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions, LOOK_UP_TIMEOUT);
            partitions.forEach(partition -> groupOffsets.put(partition, new GroupOffset(committed.get(partition))));
            return committed;
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException unknown) {
            // The poll that called this needs the same answer and reports the failure.
            return Map.of();
        }
    }
}
