// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.consume.offsets.PositionReport.Move;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Chooses where newly assigned partitions are read from if the group's committed offset is missing, or is that of another topic.
 *
 * <p>For the thread that owns the consumer.
 *
 * @param range where the group begins
 * @param reset the agent file's {@code auto.offset.reset}
 * @param lookup asks Kafka for offsets
 */
record StartingMoves(ReadRange range, PartitionPlace reset, OffsetLookup lookup) {

    /** The reason to reject a partition of a recreated topic. */
    static final String RECREATED = "belongs to a topic that was deleted and recreated";

    /** Returns whether the same moves come out later, so that the group can do without committing them. */
    boolean areTheSameNextTime() {
        return reset == PartitionPlace.Fixed.EARLIEST && range.start().isEmpty();
    }

    /** Returns the partitions whose offset the operator must set, with the reasons. */
    Map<TopicPartition, String> rejected(Set<TopicPartition> ofOldTopic, Set<TopicPartition> withoutOffset) {
        Map<TopicPartition, String> reasons = new HashMap<>();
        if (reset == PartitionPlace.Fixed.NONE) {
            ofOldTopic.forEach(partition -> reasons.put(partition, RECREATED));
        }
        withoutOffset.stream()
                .filter(partition -> range.startIn(partition, reset) == PartitionPlace.Fixed.NONE)
                .forEach(partition -> reasons.put(partition, "has no committed offset"));
        return reasons;
    }

    /** Returns the moves to the beginning of a new topic, from the offsets of the old one. */
    Map<TopicPartition, Move> toBeginning(Map<TopicPartition, Long> ofOldTopic) {
        Map<TopicPartition, Move> moves = new HashMap<>();
        if (reset != PartitionPlace.Fixed.NONE && !ofOldTopic.isEmpty()) {
            lookup.beginnings(ofOldTopic.keySet())
                    .forEach((partition, begin) ->
                            moves.put(partition, new Move(ofOldTopic.getOrDefault(partition, -1L), begin, 0)));
        }
        return moves;
    }

    /** Returns the moves to where the group begins. */
    Map<TopicPartition, Move> toStart(Set<TopicPartition> withoutOffset) {
        Map<PartitionPlace, Set<TopicPartition>> byPlace = withoutOffset.stream()
                .filter(partition -> range.startIn(partition, reset) != PartitionPlace.Fixed.NONE)
                .collect(Collectors.groupingBy(partition -> range.startIn(partition, reset), Collectors.toSet()));
        Map<TopicPartition, Move> moves = new HashMap<>();
        byPlace.forEach((place, partitions) -> lookup.ranges(partitions, place)
                .forEach((partition, range) ->
                        moves.put(partition, new Move(-1, range.place(), range.place() - range.begin()))));
        return moves;
    }
}
