// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.Random;

/**
 * Runs a check on many random cases. Each case has a seed of its own, which a failure names; {@code -Dflafka.seed=<that seed>} makes it
 * the first case of the next run.
 */
final class SeededCases {

    private static final String SEED = "flafka.seed";

    private SeededCases() {}

    static void run(int cases, Check check) {
        long first = Long.getLong(SEED, System.nanoTime());
        for (long seed = first; seed < first + cases; seed++) {
            try {
                check.accept(new Random(seed));
            } catch (Exception | Error e) {
                throw new AssertionError("fails with -D" + SEED + "=" + seed, e);
            }
        }
    }

    /** One case, made of nothing but the random numbers. */
    interface Check {
        void accept(Random random) throws Exception;
    }
}
