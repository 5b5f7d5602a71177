// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.Random;

/**
 * Runs a check on many random cases. Each case has its own seed, and a failure names it. {@code -Dflafka.seed=<seed>} makes
 * that case the first one of the next run, {@code -Dflafka.cases=<n>} changes the number of cases.
 */
public final class SeededCases {

    private static final String SEED = "flafka.seed";
    private static final String CASES = "flafka.cases";

    private SeededCases() {}

    /**
     * Runs the check.
     *
     * @param cases the number of cases, unless the system property sets it
     * @throws AssertionError with the seed of the first case that failed
     */
    public static void run(int cases, Check check) {
        long first = Long.getLong(SEED, System.nanoTime());
        for (long seed = first; seed < first + Long.getLong(CASES, cases); seed++) {
            try {
                check.accept(new Random(seed));
            } catch (Exception | Error e) {
                throw new AssertionError("fails with -D" + SEED + "=" + seed, e);
            }
        }
    }

    /** Checks one case, which depends only on the random numbers. */
    public interface Check {
        /** Checks it, and throws whatever shows that it is wrong. */
        void accept(Random random) throws Exception;
    }
}
