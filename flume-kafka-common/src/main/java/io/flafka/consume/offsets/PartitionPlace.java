// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A place in a partition: a value of {@code auto.offset.reset}, {@code kafka.startFrom} or {@code kafka.stopAt}. {@code toString} returns the value as
 * it is in an agent file.
 */
public sealed interface PartitionPlace {

    /** The values without a parameter. */
    enum Fixed implements PartitionPlace {
        /** At the oldest record. */
        EARLIEST,
        /** After the newest record. */
        LATEST,
        /** Nowhere: the operator must set an offset. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * At the first record that is not older than an age.
     *
     * @param age the greatest age of a record to read
     */
    record ByDuration(Duration age) implements PartitionPlace {
        @Override
        public String toString() {
            return BY_DURATION + age;
        }
    }

    /**
     * At the first record that is not older than a moment.
     *
     * @param moment the least timestamp of that record
     */
    record AtTime(Instant moment) implements PartitionPlace {
        @Override
        public String toString() {
            return TIMESTAMP + moment;
        }
    }

    /**
     * At given offsets.
     *
     * @param file the file that has them
     * @param offsets the offset in each partition
     */
    record Listed(String file, Map<TopicPartition, Long> offsets) implements PartitionPlace {
        public Listed {
            offsets = Map.copyOf(offsets);
        }

        @Override
        public String toString() {
            return FILE + file;
        }
    }

    /** The prefix of a value with a duration. */
    String BY_DURATION = "by_duration:";
    /** The prefix of a value with a moment. */
    String TIMESTAMP = "timestamp:";
    /** The prefix of a value with the path of a file. */
    String FILE = "file:";

    /** Returns whether the place can be before another one in at least one partition. Without Kafka, only places of one kind can be compared. */
    default boolean canBeBefore(PartitionPlace other) {
        if (this instanceof AtTime first && other instanceof AtTime second) {
            return first.moment.isBefore(second.moment);
        }
        return !(this instanceof Listed first && other instanceof Listed second)
                || second.offsets.entrySet().stream()
                        .anyMatch(offset -> first.offsets.getOrDefault(offset.getKey(), 0L) < offset.getValue());
    }

    /** Returns whether the place is known in a partition. That of a file is not, if the file lacks the partition. */
    default boolean isKnownIn(TopicPartition partition) {
        return !(this instanceof Listed listed) || listed.offsets.containsKey(partition);
    }

    /**
     * Parses a value of {@code auto.offset.reset} that Kafka's own validator has accepted, or a moment: milliseconds since 1970, or date and time with a
     * zone.
     *
     * @throws RuntimeException if it is neither
     */
    static PartitionPlace parse(String value) {
        if (value.startsWith(TIMESTAMP)) {
            return new AtTime(moment(value.substring(TIMESTAMP.length())));
        }
        return value.startsWith(BY_DURATION)
                ? new ByDuration(Duration.parse(value.substring(BY_DURATION.length())))
                : Fixed.valueOf(value.toUpperCase(Locale.ROOT));
    }

    private static Instant moment(String text) {
        Instant moment = text.chars().allMatch(Character::isDigit)
                ? Instant.ofEpochMilli(Long.parseLong(text))
                : OffsetDateTime.parse(text).toInstant();
        if (moment.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("Kafka has no timestamps before 1970");
        }
        return moment;
    }
}
