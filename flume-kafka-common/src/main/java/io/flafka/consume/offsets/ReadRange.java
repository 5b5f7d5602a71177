// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.config.Problems;
import io.flafka.config.Property;
import io.flafka.config.PropertyValues;
import io.flafka.config.ValueType;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Which part of its partitions a group reads: {@code kafka.startFrom} and {@code kafka.stopAt}. The offset at which a group begins is committed before
 * the first record is read, so {@code kafka.startFrom} applies once. Immutable.
 *
 * @param start where the group begins in partitions without a committed offset; empty if {@code auto.offset.reset} applies
 * @param stop where reading stops: records at this place and after it are not read; empty to read without an end
 */
public record ReadRange(Optional<PartitionPlace> start, Optional<PartitionPlace> stop) {

    /** The agent file has neither of the two properties. */
    public static final ReadRange WHOLE = new ReadRange(Optional.empty(), Optional.empty());

    private static final String TIMESTAMP_OR_FILE =
            "timestamp: with milliseconds or a date and time with a zone (timestamp:2026-11-30T12:00:00Z), or file: with the path of a file"
                    + " that has a line topic,partition,offset for each partition";
    private static final Set<String> FIXED = Set.of("earliest", "latest");

    /** Where the group begins. */
    public static final Property<String> START_FROM = Property.of(
            "kafka.startFrom",
            new ValueType<>("earliest, latest, " + TIMESTAMP_OR_FILE, text -> requirePlace(text, FIXED)),
            "Where the group begins to read: once, in each partition in which it has no committed offset. `earliest`, `latest`,"
                    + " `timestamp:2026-11-30T12:00:00Z` (the first record that is not older), or `file:<path>` with a line `topic,partition,offset` for each"
                    + " partition, as `kafka-consumer-groups.sh --export` and `kafka-get-offsets.sh` write them. For partitions that are not"
                    + " in the file, and for offsets that no longer exist later, `kafka.consumer.auto.offset.reset` applies.");

    /** Where the group ends. */
    public static final Property<String> STOP_AT = Property.of(
            "kafka.stopAt",
            new ValueType<>(TIMESTAMP_OR_FILE, text -> requirePlace(text, Set.of())),
            "Where the group stops reading, for a replay that ends: `timestamp:2026-11-30T13:00:00Z` (the first record that is not older, and all"
                    + " after it, are not read), or `file:<path>` as for `kafka.startFrom`, with the first offset that is not read. A partition that is"
                    + " not in the file is not read. Not for a channel that sources write to: what they write after that place is never delivered.");

    /** Reads the agent file's values, and the files that they name. Adds what is wrong to the problems. */
    public static ReadRange from(PropertyValues values) {
        ReadRange range = new ReadRange(place(START_FROM, values), place(STOP_AT, values));
        PartitionPlace now = new PartitionPlace.AtTime(Instant.now());
        requireInThePast(START_FROM, range.start, now, values.problems());
        requireInThePast(STOP_AT, range.stop, now, values.problems());
        range.stop.ifPresent(stop -> range.start
                .filter(start -> start == PartitionPlace.Fixed.LATEST || !start.canBeBefore(stop))
                .ifPresent(start -> values.problems()
                        .error(STOP_AT + " = " + stop + " must be after " + START_FROM + " = " + start)));
        return range;
    }

    private static void requireInThePast(
            Property<String> property, Optional<PartitionPlace> place, PartitionPlace now, Problems problems) {
        place.filter(moment -> !moment.canBeBefore(now))
                .ifPresent(moment -> problems.error(property + " = " + moment + " must be in the past"));
    }

    private static Optional<PartitionPlace> place(Property<String> property, PropertyValues values) {
        return values.find(property).map(text -> {
            if (text.startsWith(PartitionPlace.FILE)) {
                String file = text.substring(PartitionPlace.FILE.length());
                return new PartitionPlace.Listed(file, OffsetFile.read(property.name(), file, values.problems()));
            }
            return PartitionPlace.parse(text);
        });
    }

    private static String requirePlace(String text, Set<String> fixed) {
        boolean isFile = text.startsWith(PartitionPlace.FILE) && text.length() > PartitionPlace.FILE.length();
        boolean isTime = text.startsWith(PartitionPlace.TIMESTAMP);
        if (!isFile && !isTime && !fixed.contains(text)) {
            throw new IllegalArgumentException("not allowed");
        }
        if (isTime) {
            PartitionPlace.parse(text);
        }
        return text;
    }

    /** Returns whether the agent file says where the group begins in a partition. */
    boolean choosesStartIn(TopicPartition partition) {
        return start.filter(place -> place.isKnownIn(partition)).isPresent();
    }

    /** Returns where the group begins in a partition: not by {@code auto.offset.reset}, if the agent file says so. */
    PartitionPlace startIn(TopicPartition partition, PartitionPlace reset) {
        return start.filter(place -> place.isKnownIn(partition)).orElse(reset);
    }

    /** Returns where the group begins, for messages: the line of the agent file. */
    public Optional<String> startText() {
        return start.map(place -> START_FROM + " = " + place);
    }

    /** Returns where the group stops, for messages: the line of the agent file. */
    public Optional<String> stopText() {
        return stop.map(place -> STOP_AT + " = " + place);
    }
}
