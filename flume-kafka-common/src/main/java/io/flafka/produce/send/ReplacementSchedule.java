// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Decides when to replace an unusable producer by a new one. Every new producer logs all its settings, so it is not replaced at each attempt.
 *
 * <p>For one thread at a time.
 */
public final class ReplacementSchedule {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_DENIAL = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofSeconds(30);

    private final Duration wait;
    private final BooleanSupplier isDueEarly;
    private final BooleanSupplier isSafe;
    private final long startNanos = System.nanoTime();

    private ReplacementSchedule(Duration wait, BooleanSupplier isDueEarly, BooleanSupplier isSafe) {
        this.wait = wait;
        this.isDueEarly = isDueEarly;
        this.isSafe = isSafe;
    }

    private static ReplacementSchedule after(Duration wait) {
        return new ReplacementSchedule(wait, () -> false, () -> true);
    }

    /** Returns a schedule that is due now. */
    static ReplacementSchedule atOnce() {
        return after(Duration.ZERO);
    }

    /**
     * Returns a schedule that is due when the old producer, which goes on trying, has logged in; after 30 s at the latest. It is not due while records
     * of the old producer may be on their way: the new producer could write them a second time.
     */
    public static ReplacementSchedule afterLogin(ProducerLogins old) {
        double before = old.acceptedCount();
        return new ReplacementSchedule(
                LATER, () -> old.acceptedCount() > before, () -> !old.mayHaveRecordsOnTheirWay());
    }

    /** Returns a schedule that is due in 30 s, for a cause that an operator must remove. */
    static ReplacementSchedule later() {
        return after(LATER);
    }

    /** Returns a schedule that is due in 10 s, for a producer that was closed because a right is missing. */
    static ReplacementSchedule afterDenial() {
        return after(AFTER_DENIAL);
    }

    /** Returns a schedule that is due in 1 s, for a new producer that could not be created. */
    static ReplacementSchedule soon() {
        return after(SOON);
    }

    public boolean isDue() {
        return isSafe.getAsBoolean() && (isDueEarly.getAsBoolean() || System.nanoTime() - startNanos >= wait.toNanos());
    }
}
