// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import java.time.Duration;
import java.util.Locale;

/**
 * A value of {@code auto.offset.reset}: where a partition is read from if its committed offset is missing or no longer exists. {@code toString}
 * returns the value as it is in an agent file.
 */
sealed interface OffsetReset {

    /** The values without a parameter. */
    enum Fixed implements OffsetReset {
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
    record ByDuration(Duration age) implements OffsetReset {
        @Override
        public String toString() {
            return BY_DURATION + age;
        }
    }

    /** The prefix of a value with a duration. */
    String BY_DURATION = "by_duration:";

    /** Parses a value that Kafka's own validator has accepted. */
    static OffsetReset parse(String value) {
        return value.startsWith(BY_DURATION)
                ? new ByDuration(Duration.parse(value.substring(BY_DURATION.length())))
                : Fixed.valueOf(value.toUpperCase(Locale.ROOT));
    }
}
