// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.consume.offsets.PositionReport.Move;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the positions of newly assigned partitions before they are read.
 *
 * <p>For the thread that owns the consumer. Guarantee: a partition is paused until its position is known.
 */
final class PositionInitializer implements StartingOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(PositionInitializer.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT_OF_ONE = Duration.ofSeconds(1);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final StartingOffsets migration;
    private final StartingMoves moves;
    private final StopOffsets stops;
    private final TopicIdTracker topics;
    private final PositionReport report;
    private final FirstOffsets firstOffsets;
    private final LongSupplier nanoTime;
    private final Set<TopicPartition> undecided = new HashSet<>();
    private final Map<TopicPartition, String> rejected = new HashMap<>();
    private long nextTryNanos;

    PositionInitializer(
            Consumer<?, ?> consumer,
            StartingOffsets migration,
            StartingMoves moves,
            StopOffsets stops,
            TopicIdTracker topics,
            PositionReport report,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.migration = migration;
        this.moves = moves;
        this.stops = stops;
        this.topics = topics;
        this.report = report;
        this.firstOffsets = new FirstOffsets(consumer, topics);
        this.nanoTime = nanoTime;
        this.nextTryNanos = nanoTime.getAsLong();
    }

    @Override
    public void onAssigned(Collection<TopicPartition> partitions) {
        // Before anything that can fail: after a wake-up, the next poll continues with these partitions.
        undecided.addAll(partitions);
        consumer.pause(partitions);
        // Nothing is read from offset 0. But Kafka's client reads no partition while one has no position.
        partitions.forEach(partition -> consumer.seek(partition, 0));
        migration.onAssigned(partitions);
        // Again, because the migration resumes the partitions that it has decided.
        consumer.pause(partitions);
        tryToDecide();
        Set<TopicPartition> ready = new HashSet<>(partitions);
        ready.removeAll(unreadable());
        consumer.resume(ready);
    }

    @Override
    public void onRevoked(Collection<TopicPartition> partitions) {
        migration.onRevoked(partitions);
        undecided.removeAll(partitions);
        rejected.keySet().removeAll(partitions);
        stops.onRevoked(partitions);
        topics.onRevoked(partitions);
    }

    /** Sets the positions of these partitions again, if they are still assigned. Forgets their pending records in any case. */
    void readAgain(Collection<TopicPartition> partitions, ReadPositions.PendingRecords pending) {
        if (partitions.isEmpty()) {
            return;
        }
        pending.forget(partitions);
        Set<TopicPartition> assigned = new HashSet<>(partitions);
        assigned.retainAll(consumer.assignment());
        if (!assigned.isEmpty()) {
            report.reportReadAgain(assigned);
        }
        onRevoked(assigned);
        onAssigned(assigned);
    }

    @Override
    public Set<TopicPartition> retryUndecided() {
        Set<TopicPartition> paused = new HashSet<>(migration.retryUndecided());
        if (!undecided.isEmpty() && nanoTime.getAsLong() - nextTryNanos >= 0) {
            tryToDecide();
        }
        paused.addAll(unreadable());
        return paused;
    }

    private Set<TopicPartition> unreadable() {
        Set<TopicPartition> unreadable = new HashSet<>(undecided);
        unreadable.addAll(rejected.keySet());
        unreadable.addAll(stops.unreadable());
        return unreadable;
    }

    /** Stops reading these partitions, for these reasons, until the operator sets an offset. */
    void reject(Map<TopicPartition, String> reasons) {
        rejected.putAll(reasons);
    }

    /** Returns the partitions whose offset the operator must set, with the reasons. */
    Map<TopicPartition, String> rejected() {
        return rejected;
    }

    private void tryToDecide() {
        Set<TopicPartition> ready = new HashSet<>(undecided);
        ready.removeAll(migration.retryUndecided());
        if (ready.isEmpty()) {
            return;
        }
        try {
            decide(ready, TIMEOUT);
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (TimeoutException ofSome) {
            retryLater(ready.size() == 1 ? ready : decideEach(ready), ofSome);
        } catch (KafkaException unknown) {
            retryLater(ready, unknown);
        }
    }

    /**
     * Decides these partitions one by one. Kafka does not answer for a partition whose offset is in an open transaction, and then for none of those that
     * were asked together. Returns those that are still undecided.
     */
    private Set<TopicPartition> decideEach(Set<TopicPartition> partitions) {
        List<TopicPartition> inAnyOrder = new ArrayList<>(partitions);
        // So that a few that are never answered do not keep the others from being asked.
        Collections.shuffle(inAnyOrder);
        long end = nanoTime.getAsLong() + TIMEOUT.toNanos();
        Set<TopicPartition> left = new HashSet<>(partitions);
        for (TopicPartition partition : inAnyOrder) {
            if (nanoTime.getAsLong() - end < 0) {
                try {
                    decide(Set.of(partition), TIMEOUT_OF_ONE);
                    left.remove(partition);
                } catch (TimeoutException open) {
                    LOG.debug("The committed offset of {} is not known yet: {}", partition, open.toString());
                }
            }
        }
        return left;
    }

    private void retryLater(Set<TopicPartition> partitions, KafkaException reason) {
        nextTryNanos = nanoTime.getAsLong() + RETRY_INTERVAL.toNanos();
        if (!partitions.isEmpty()) {
            report.reportUnknown(partitions, reason);
        }
    }

    private void decide(Set<TopicPartition> ready, Duration timeout) {
        stops.lookUp(ready, timeout);
        Map<TopicPartition, Move> started = setPositions(ready, timeout);
        stops.report(ready);
        undecided.removeAll(ready);
        report.reportKnown(ready);
        if (!started.isEmpty() && !moves.areTheSameNextTime()) {
            firstOffsets.commit(started);
        }
    }

    /** Sets the positions of these partitions, and returns those that start without a committed offset. */
    private Map<TopicPartition, Move> setPositions(Set<TopicPartition> partitions, Duration timeout) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions, timeout);
        topics.checkMetadata();
        topics.doubt(inconsistent(partitions, committed));
        Map<String, String> currentIds = topics.currentIds(TopicIdTracker.topicsOf(partitions));
        Set<TopicPartition> withoutOffset = new HashSet<>();
        Map<TopicPartition, Long> ofOldTopic = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            if (metadataOf(partition, offset).isOfAnotherTopicThan(currentIds.getOrDefault(partition.topic(), ""))) {
                ofOldTopic.put(partition, offset == null ? -1 : offset.offset());
            } else if (offset == null) {
                withoutOffset.add(partition);
            }
        }
        rejected.putAll(moves.rejected(ofOldTopic.keySet(), withoutOffset));
        Map<TopicPartition, Move> recreated = moves.toBeginning(ofOldTopic);
        Map<TopicPartition, Move> started = moves.toStart(withoutOffset);
        Map<TopicPartition, Move> moved = new HashMap<>(started);
        moved.putAll(recreated);
        partitions.forEach(
                partition -> setPosition(partition, committed.get(partition), currentIds, moved.get(partition)));
        topics.settle(currentIds.keySet());
        report.reportRecreated(recreated);
        report.reportStart(started);
        report.reportContinued(committed, ofOldTopic.keySet());
        return started;
    }

    /** Returns the committed metadata, or, without a committed offset, the last known id of a topic of that name. */
    private CommitMetadata metadataOf(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        return committed == null
                ? new CommitMetadata(topics.lastIdOf(partition.topic()), -1)
                : CommitMetadata.parse(committed.metadata());
    }

    /**
     * Returns the topics whose committed offsets are missing or belong to another topic than the last known one. Only the brokers know which topic
     * exists now.
     */
    private Set<String> inconsistent(Set<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> committed) {
        Set<String> inconsistent = new HashSet<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            String last = topics.lastIdOf(partition.topic());
            if (offset == null || CommitMetadata.parse(offset.metadata()).isOfAnotherTopicThan(last)) {
                inconsistent.add(partition.topic());
            }
        }
        return inconsistent;
    }

    private void setPosition(
            TopicPartition partition,
            @Nullable OffsetAndMetadata committed,
            Map<String, String> currentIds,
            @Nullable Move move) {
        String id = currentIds.getOrDefault(partition.topic(), "");
        if (move != null) {
            consumer.seek(partition, move.to());
        } else if (committed != null) {
            CommitMetadata metadata = CommitMetadata.parse(committed.metadata());
            OptionalInt epoch = metadata.epochIn(id);
            consumer.seek(
                    partition,
                    epoch.isPresent()
                            ? new OffsetAndMetadata(committed.offset(), Optional.of(epoch.getAsInt()), "")
                            : committed);
            if (id.isEmpty()) {
                id = metadata.topicId();
            }
        }
        topics.setId(partition, id);
    }
}
