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
 * Remembers how far the channels have partitions that went before Kafka took their offsets, and finds where this member goes on if they come back.
 *
 * <p>For the thread that owns the consumer. Guarantee: no record is skipped that the channels do not have. Where the group's offset is another one than
 * this member last knew, somebody else has decided where the group goes on, and that counts. Holds two offsets a partition.
 */
final class UncommittedProgress {

    private static final Duration LOOK_UP_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final OffsetCommitter committer;
    /** Where the group is, as this member last knew, in the partitions that it has; not in the map: not known. */
    private final Map<TopicPartition, GroupOffset> group = new HashMap<>();

    private final Map<TopicPartition, Progress> lost = new HashMap<>();

    /**
     * What Kafka says of a group in a partition.
     *
     * @param committed null if it has no offset there
     */
    private record GroupOffset(@Nullable OffsetAndMetadata committed) {

        boolean isStill(@Nullable OffsetAndMetadata now) {
            return Objects.equals(committed, now);
        }
    }

    /**
     * Of a partition that went.
     *
     * @param before where the group was then
     * @param next behind the last record that the channels have
     * @param asCommitted the same as Kafka would have got it: of another topic of that name it would be another
     */
    private record Progress(GroupOffset before, OffsetAndMetadata next, OffsetAndMetadata asCommitted) {}

    UncommittedProgress(Consumer<?, ?> consumer, OffsetCommitter committer) {
        this.consumer = consumer;
        this.committer = committer;
    }

    /** Kafka has taken these offsets. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach(
                (partition, offset) -> group.computeIfPresent(partition, (same, old) -> new GroupOffset(offset)));
    }

    /** These partitions have gone; these offsets of them the group should have, and may not have. */
    void gone(Collection<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> owed) {
        for (TopicPartition partition : partitions) {
            GroupOffset before = group.remove(partition);
            OffsetAndMetadata next = owed.get(partition);
            if (before != null && next != null) {
                lost.put(partition, new Progress(before, next, asCommitted(partition, next)));
            }
        }
    }

    /** Their past counts no more, as of a topic that was made anew. */
    void forget(Collection<TopicPartition> partitions) {
        group.keySet().removeAll(partitions);
        lost.keySet().removeAll(partitions);
    }

    /** Where to go on in those of these partitions that have come back, if not where the group is. */
    Map<TopicPartition, OffsetAndMetadata> assigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> goOn = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> now = committed(Set.copyOf(partitions));
        for (TopicPartition partition : partitions) {
            Progress progress = lost.remove(partition);
            GroupOffset known = group.get(partition);
            if (progress != null
                    && known != null
                    && progress.before().isStill(now.get(partition))
                    && progress.asCommitted().equals(asCommitted(partition, progress.next()))) {
                goOn.put(partition, progress.next());
            }
        }
        return goOn;
    }

    private OffsetAndMetadata asCommitted(TopicPartition partition, OffsetAndMetadata next) {
        return committer.withMetadata(Map.of(partition, next)).getOrDefault(partition, next);
    }

    /** Where the group is, which is known from then on; nothing if Kafka does not say. */
    private Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions, LOOK_UP_TIMEOUT);
            partitions.forEach(partition -> group.put(partition, new GroupOffset(committed.get(partition))));
            return committed;
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException unknown) {
            // The poll around this needs the same answer, and reports what keeps it from coming.
            return Map.of();
        }
    }
}
