// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.time.Duration;

/**
 * How large a batch is, and how long it is waited for.
 *
 * @param most the most records
 * @param least how many to wait for once there is one
 * @param duration the longest such wait, and the longest look for records while there are none
 */
record BatchBounds(int most, int least, Duration duration) {

    /** A batch cannot wait for more than it may hold. */
    BatchBounds {
        least = Math.min(least, most);
    }
}
