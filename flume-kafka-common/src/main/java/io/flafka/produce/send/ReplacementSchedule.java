// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When it is worth while to put another producer in the place of one that is of no use. Each new one logs all its settings, so not at every attempt.
 *
 * <p>For one thread at a time.
 */
public final class ReplacementSchedule {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(30);

    private final Duration wait;
    private final BooleanSupplier sooner;
    private final long startNanos = System.nanoTime();

    private ReplacementSchedule(Duration wait, BooleanSupplier sooner) {
        this.wait = wait;
        this.sooner = sooner;
    }

    /** Now. */
    static ReplacementSchedule atOnce() {
        return new ReplacementSchedule(Duration.ZERO, () -> true);
    }

    /** Once the old one, which goes on trying, is let in. */
    public static ReplacementSchedule afterLogin(ProducerLogins old) {
        double before = old.accepted();
        return new ReplacementSchedule(LATER, () -> old.accepted() > before);
    }

    /** A person must act first. */
    static ReplacementSchedule later() {
        return new ReplacementSchedule(LATER, () -> false);
    }

    /** It could not be made just now. */
    static ReplacementSchedule soon() {
        return new ReplacementSchedule(SOON, () -> false);
    }

    public boolean isDue() {
        return sooner.getAsBoolean() || System.nanoTime() - startNanos >= wait.toNanos();
    }
}
