// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.Random;

/**
 * Runs a check on many random cases. Each case has its own seed, and a failure names it. {@code -Dflafka.seed=<seed>} makes that case the first one
 * of the next run.
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

    /** Checks one case, which depends only on the random numbers. */
    interface Check {
        void accept(Random random) throws Exception;
    }
}
