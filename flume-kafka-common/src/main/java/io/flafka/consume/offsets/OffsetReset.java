// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import java.time.Duration;
import java.util.Locale;

/** Where a partition is read from when its committed offset is missing or no longer exists: {@code auto.offset.reset}. Its text is as in an agent file. */
sealed interface OffsetReset {

    /** Those without a parameter. */
    enum Fixed implements OffsetReset {
        /** The oldest record. */
        EARLIEST,
        /** Behind the newest record. */
        LATEST,
        /** Nowhere: a person decides. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The first record that is not older.
     *
     * @param age of that record
     */
    record ByDuration(Duration age) implements OffsetReset {
        @Override
        public String toString() {
            return BY_DURATION + age;
        }
    }

    /** How a value with a duration begins. */
    String BY_DURATION = "by_duration:";

    /** The meaning of a value that Kafka's own check has passed. */
    static OffsetReset of(String value) {
        return value.startsWith(BY_DURATION)
                ? new ByDuration(Duration.parse(value.substring(BY_DURATION.length())))
                : Fixed.valueOf(value.toUpperCase(Locale.ROOT));
    }
}
