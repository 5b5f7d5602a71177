// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import java.time.Duration;
import java.util.Random;

/** Draws durations. */
final class Durations {

    private Durations() {}

    /** Draws from the given range of seconds. */
    static Duration seconds(Random random, int least, int most) {
        return Duration.ofMillis(1000L * least + random.nextInt(1 + 1000 * (most - least)));
    }
}
