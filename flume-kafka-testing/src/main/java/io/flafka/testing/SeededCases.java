// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a check on many random cases. Each case has its own seed, which is logged if the case fails. {@code -Dflafka.seed=<seed>} makes
 * that case the first one of the next run, {@code -Dflafka.cases=<n>} changes the number of cases.
 */
public final class SeededCases {

    private static final Logger LOG = LoggerFactory.getLogger(SeededCases.class);
    private static final String SEED = "flafka.seed";
    private static final String CASES = "flafka.cases";

    private SeededCases() {}

    /**
     * Runs the check until a case fails. What the check throws, this throws.
     *
     * @param <E> the checked exception that a case fails with
     * @param cases the number of cases, unless the system property sets it
     */
    public static <E extends Exception> void run(int cases, Check<E> check) throws E {
        long first = Long.getLong(SEED, System.nanoTime());
        for (long seed = first; seed < first + Long.getLong(CASES, cases); seed++) {
            boolean isPassed = false;
            try {
                check.accept(new Random(seed));
                isPassed = true;
            } finally {
                if (!isPassed) {
                    LOG.error("The case fails with -D{}={}", SEED, seed);
                }
            }
        }
    }

    /**
     * Checks one case, which depends only on the random numbers.
     *
     * @param <E> the checked exception that a case fails with
     */
    public interface Check<E extends Exception> {
        /** Checks it, and throws whatever shows that it is wrong. */
        void accept(Random random) throws E;
    }
}
