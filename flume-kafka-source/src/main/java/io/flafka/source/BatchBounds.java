// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.time.Duration;

/**
 * How many records a batch has, and how long the source waits for them.
 *
 * @param maxSize the most records in a batch
 * @param minSize after the first record the source waits for this many; never more than {@code maxSize}
 * @param duration the longest wait for {@code minSize} records, and for the first record
 */
record BatchBounds(int maxSize, int minSize, Duration duration) {

    /** Lowers {@code minSize} to {@code maxSize}. */
    BatchBounds {
        minSize = Math.min(minSize, maxSize);
    }
}
