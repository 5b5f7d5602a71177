// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettings;
import io.flafka.client.MetadataUpdates;
import io.flafka.consume.offsets.OffsetLookup.Range;
import io.flafka.consume.offsets.PositionReport.Move;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a consumer and keeps its positions right: at the group's committed offsets, or, where these no longer exist, at the offsets that the agent
 * file's {@code auto.offset.reset} selects. Each change of a position is logged.
 *
 * <p>For the thread that owns the consumer. That consumer's own {@code auto.offset.reset} must be {@code none}. Guarantee: a topic that was deleted
 * and recreated is read from its beginning, whatever was read or committed before. If a partition moves back, {@link PendingRecords#forget} is called
 * before any record of it is returned.
 */
public final class ReadPositions implements StartingOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(ReadPositions.class);

    /** The records that the caller has polled and not committed yet. */
    public interface PendingRecords {

        /** Returns the lowest offset of the partition that is not delivered yet; empty if there is no pending record. */
        OptionalLong lowestPendingOffset(TopicPartition partition);

        /** Drops the pending records and uncommitted offsets of these partitions: they are read again, from another offset. */
        void forget(Collection<TopicPartition> partitions);
    }

    private final Consumer<byte[], byte[]> consumer;
    private final OffsetReset reset;
    private final TopicIdTracker topics;
    private final OffsetLookup lookup;
    private final PositionReport report;
    private final PositionInitializer initializer;

    /**
     * Creates the positions of one consumer, which has not subscribed yet.
     *
     * @param component the component's kind and name, as messages show them
     * @param settings the consumer's settings, with the agent file's {@code auto.offset.reset}
     * @param consumer the consumer to poll
     * @param migration decides first, because it may have offsets of the group that Kafka does not have yet
     * @param admins creates the admin clients that look up the ids of topics
     */
    public ReadPositions(
            String component,
            ClientSettings settings,
            Consumer<byte[], byte[]> consumer,
            StartingOffsets migration,
            Function<ClientSettings, Admin> admins) {
        this(component, settings, consumer, migration, admins, Clock.systemUTC(), System::nanoTime);
    }

    ReadPositions(
            String component,
            ClientSettings settings,
            Consumer<byte[], byte[]> consumer,
            StartingOffsets migration,
            Function<ClientSettings, Admin> admins,
            Clock clock,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.reset = OffsetReset.parse(settings.offsetReset());
        this.topics = new TopicIdTracker(
                consumer, MetadataUpdates.of(consumer), new TopicIdLookup(component, admins, settings));
        this.lookup = new OffsetLookup(consumer, reset, clock);
        this.report = new PositionReport(component, settings.groupId(), reset);
        this.initializer = new PositionInitializer(consumer, migration, reset, topics, lookup, report, nanoTime);
        LOG.info(
                "{}: {} = {} applies where group {} has no valid offset. Kafka's client itself logs the value 'none', because the"
                        + " plugin applies it",
                component,
                ClientProperties.OFFSET_RESET,
                reset,
                settings.groupId());
    }

    @Override
    public void onAssigned(Collection<TopicPartition> partitions) {
        initializer.onAssigned(partitions);
    }

    @Override
    public void onRevoked(Collection<TopicPartition> partitions) {
        initializer.onRevoked(partitions);
    }

    @Override
    public Set<TopicPartition> retryUndecided() {
        return initializer.retryUndecided();
    }

    /** Reads partitions again from the group's committed offsets, as if they were newly assigned. Their pending records are forgotten. */
    public void readAgain(Collection<TopicPartition> partitions, PendingRecords pending) {
        initializer.readAgain(partitions, pending);
    }

    /** Returns offsets with the metadata that shows later whether the topic is still the same. For any thread. */
    public Map<TopicPartition, OffsetAndMetadata> withMetadata(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> sent = new HashMap<>();
        offsets.forEach((partition, next) -> sent.put(partition, withMetadata(partition, next)));
        return sent;
    }

    OffsetAndMetadata withMetadata(TopicPartition partition, OffsetAndMetadata next) {
        return CommitMetadata.addTo(next, topics.idOf(partition));
    }

    /**
     * Polls the consumer and returns the next records.
     *
     * @param timeout the longest wait for a record
     * @param pending the records that the caller still has; it must forget those of partitions that are read again
     * @throws NoStartingOffsetException if the operator must set an offset
     */
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout, PendingRecords pending) {
        if (!initializer.rejected().isEmpty()) {
            // Like Kafka's client with none: nothing is read until the operator acts. The member stays in its group.
            consumer.pause(consumer.assignment());
        }
        ConsumerRecords<byte[], byte[]> read;
        try {
            read = consumer.poll(timeout);
        } catch (NoOffsetForPartitionException withoutPosition) {
            initializer.onAssigned(withoutPosition.partitions());
            return ConsumerRecords.empty();
        } catch (LogTruncationException truncated) {
            onOutOfRange(
                    truncated.offsetOutOfRangePartitions(),
                    truncated.partitions(),
                    truncated.divergentOffsets(),
                    pending);
            return ConsumerRecords.empty();
        } catch (OffsetOutOfRangeException outOfRange) {
            onOutOfRange(outOfRange.offsetOutOfRangePartitions(), Set.of(), Map.of(), pending);
            return ConsumerRecords.empty();
        }
        if (!initializer.rejected().isEmpty() && read.isEmpty()) {
            throw report.noStartingOffset(initializer.rejected());
        }
        return discardIfRecreated(read, pending);
    }

    /** Returns the records unless a topic was recreated. Then it returns none: all are read again, from the right offsets. */
    private ConsumerRecords<byte[], byte[]> discardIfRecreated(
            ConsumerRecords<byte[], byte[]> read, PendingRecords pending) {
        topics.checkMetadata();
        if (!topics.isDoubtful(read.partitions())) {
            return read;
        }
        Map<TopicPartition, String> recreated = topics.findRecreated();
        if (recreated.isEmpty()) {
            return read;
        }
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (TopicPartition partition : read.partitions()) {
            long first = read.records(partition).get(0).offset();
            positions.put(partition, first);
            // Before anything that can fail, so that no record is lost: the caller gets none of these.
            consumer.seek(partition, first);
        }
        readFromBeginning(recreated, positions, pending);
        return ConsumerRecords.empty();
    }

    private void readFromBeginning(
            Map<TopicPartition, String> recreated, Map<TopicPartition, Long> positions, PendingRecords pending) {
        if (reset == OffsetReset.Fixed.NONE) {
            pending.forget(recreated.keySet());
            recreated.forEach(topics::setId);
            Map<TopicPartition, String> reasons = new HashMap<>();
            recreated.keySet().forEach(partition -> reasons.put(partition, PositionInitializer.RECREATED));
            initializer.reject(reasons);
            return;
        }
        Map<TopicPartition, Move> moves = new HashMap<>();
        lookup.beginnings(recreated.keySet()).forEach((partition, begin) -> {
            moves.put(partition, new Move(positions.getOrDefault(partition, -1L), begin, 0));
            consumer.seek(partition, begin);
        });
        pending.forget(recreated.keySet());
        recreated.forEach(topics::setId);
        topics.settle(TopicIdTracker.topicsOf(recreated.keySet()));
        report.reportRecreated(moves);
    }

    private void onOutOfRange(
            Map<TopicPartition, Long> outOfRange,
            Set<TopicPartition> truncated,
            Map<TopicPartition, OffsetAndMetadata> divergent,
            PendingRecords pending) {
        Map<TopicPartition, Long> positions = new HashMap<>(outOfRange);
        positions.keySet().retainAll(consumer.assignment());
        if (reset == OffsetReset.Fixed.NONE) {
            reject(positions);
            return;
        }
        Map<TopicPartition, Range> ranges = lookup.ranges(positions.keySet());
        Map<TopicPartition, Long> tooHigh = new HashMap<>(positions);
        tooHigh.keySet().removeAll(moveForward(positions, ranges));
        // Meanwhile a leader that is up to date has taken over, and the next fetch succeeds.
        tooHigh.entrySet()
                .removeIf(entry ->
                        !truncated.contains(entry.getKey()) && isWithin(ranges.get(entry.getKey()), entry.getValue()));
        if (!tooHigh.isEmpty()) {
            moveBack(tooHigh, ranges, divergent, pending);
        }
    }

    private void reject(Map<TopicPartition, Long> positions) {
        Map<TopicPartition, String> reasons = new HashMap<>();
        positions.forEach((partition, offset) -> {
            reasons.put(partition, "no longer has offset " + offset + " or has other records there");
            // Without the leader's epoch, or Kafka's client would report the same truncation at each poll.
            consumer.seek(partition, offset);
        });
        initializer.reject(reasons);
    }

    /** Moves partitions past records that were deleted unread. Pending records were read before that and stay valid. */
    private Set<TopicPartition> moveForward(Map<TopicPartition, Long> positions, Map<TopicPartition, Range> ranges) {
        Map<TopicPartition, Move> moves = new HashMap<>();
        positions.forEach((partition, offset) -> {
            Range range = ranges.get(partition);
            if (range != null && offset < range.begin()) {
                moves.put(partition, new Move(offset, range.resetTo(), range.resetTo() - range.begin()));
                consumer.seek(partition, range.resetTo());
            }
        });
        report.reportDeletedUnread(moves);
        return moves.keySet();
    }

    private void moveBack(
            Map<TopicPartition, Long> positions,
            Map<TopicPartition, Range> ranges,
            Map<TopicPartition, OffsetAndMetadata> divergent,
            PendingRecords pending) {
        topics.doubt(TopicIdTracker.topicsOf(positions.keySet()));
        Map<TopicPartition, String> recreated = topics.findRecreated();
        if (!recreated.isEmpty()) {
            readFromBeginning(recreated, positions, pending);
        }
        Map<TopicPartition, Move> truncated = new HashMap<>();
        Map<TopicPartition, Move> beyondEnd = new HashMap<>();
        positions.forEach((partition, offset) -> {
            Range range = ranges.get(partition);
            if (range == null || recreated.containsKey(partition)) {
                return;
            }
            OffsetAndMetadata divergence = divergent.get(partition);
            // Records from the divergent offset on are new. Pending records before it are read again.
            long target = lowest(divergence == null ? range.resetTo() : divergence.offset(), range, partition, pending);
            Move move = new Move(offset, target, divergence == null ? target - range.begin() : 0);
            (divergence == null ? beyondEnd : truncated).put(partition, move);
            consumer.seek(partition, target);
        });
        pending.forget(truncated.keySet());
        pending.forget(beyondEnd.keySet());
        report.reportTruncated(truncated);
        report.reportBeyondEnd(beyondEnd);
    }

    private static boolean isWithin(@Nullable Range range, long offset) {
        return range != null && offset <= range.end();
    }

    private static long lowest(long offset, Range range, TopicPartition partition, PendingRecords pending) {
        return Math.max(
                range.begin(),
                Math.min(offset, pending.lowestPendingOffset(partition).orElse(offset)));
    }
}
