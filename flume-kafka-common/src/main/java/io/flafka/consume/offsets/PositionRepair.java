// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.consume.offsets.OffsetLookup.Range;
import io.flafka.consume.offsets.PositionReport.Move;
import io.flafka.consume.offsets.ReadPositions.PendingRecords;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Moves partitions whose position does not exist any more: the records were deleted or lost, or the topic was recreated. With {@code auto.offset.reset =
 * none} it moves none, and nothing is read until the operator acts.
 *
 * <p>For the thread that owns the consumer.
 */
final class PositionRepair {

    private final Consumer<?, ?> consumer;
    private final PartitionPlace reset;
    private final TopicIdTracker topics;
    private final OffsetLookup lookup;
    private final PositionReport report;
    private final PositionInitializer initializer;
    private final StopOffsets stops;

    PositionRepair(
            Consumer<?, ?> consumer,
            PartitionPlace reset,
            TopicIdTracker topics,
            OffsetLookup lookup,
            PositionReport report,
            PositionInitializer initializer,
            StopOffsets stops) {
        this.consumer = consumer;
        this.reset = reset;
        this.topics = topics;
        this.lookup = lookup;
        this.report = report;
        this.initializer = initializer;
        this.stops = stops;
    }

    /**
     * Reads partitions of recreated topics from their beginning.
     *
     * @param recreated the partitions, with the ids of the new topics
     * @param positions the positions so far, for the log
     */
    void readFromBeginning(
            Map<TopicPartition, String> recreated, Map<TopicPartition, Long> positions, PendingRecords pending) {
        if (reset == PartitionPlace.Fixed.NONE) {
            pending.forget(recreated.keySet());
            recreated.forEach(topics::setId);
            Map<TopicPartition, String> reasons = new HashMap<>();
            recreated.keySet().forEach(partition -> reasons.put(partition, StartingMoves.RECREATED));
            initializer.reject(reasons);
            return;
        }
        Map<TopicPartition, Move> moves = new HashMap<>();
        lookup.beginnings(recreated.keySet()).forEach((partition, begin) -> {
            moves.put(partition, new Move(positions.getOrDefault(partition, -1L), begin, 0));
            consumer.seek(partition, begin);
        });
        pending.forget(recreated.keySet());
        stops.renew(recreated.keySet());
        recreated.forEach(topics::setId);
        topics.settle(TopicIdTracker.topicsOf(recreated.keySet()));
        report.reportRecreated(moves);
    }

    /**
     * Moves partitions to a position that exists.
     *
     * @param outOfRange the positions that do not exist
     * @param truncated the partitions of which Kafka has lost records that were read
     * @param divergent where the loss begins, as far as Kafka knows it
     */
    void onOutOfRange(
            Map<TopicPartition, Long> outOfRange,
            Set<TopicPartition> truncated,
            Map<TopicPartition, OffsetAndMetadata> divergent,
            PendingRecords pending) {
        Map<TopicPartition, Long> positions = new HashMap<>(outOfRange);
        positions.keySet().retainAll(consumer.assignment());
        if (reset == PartitionPlace.Fixed.NONE) {
            reject(positions);
            return;
        }
        Map<TopicPartition, Range> ranges = lookup.ranges(positions.keySet(), reset);
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
                moves.put(partition, new Move(offset, range.place(), range.place() - range.begin()));
                consumer.seek(partition, range.place());
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
            long target = lowest(divergence == null ? range.place() : divergence.offset(), range, partition, pending);
            Move move = new Move(offset, target, divergence == null ? target - range.begin() : 0);
            (divergence == null ? beyondEnd : truncated).put(partition, move);
            consumer.seek(partition, target);
        });
        pending.forget(truncated.keySet());
        pending.forget(beyondEnd.keySet());
        stops.renew(truncated.keySet());
        stops.renew(beyondEnd.keySet());
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
