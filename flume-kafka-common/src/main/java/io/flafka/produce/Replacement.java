// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When it is worth while to put another producer in the place of one that is of no use. Each new one logs all its settings, so not at every attempt.
 *
 * <p>For one thread at a time.
 */
final class Replacement {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(30);

    private final Duration wait;
    private final BooleanSupplier sooner;
    private final long startNanos = System.nanoTime();

    private Replacement(Duration wait, BooleanSupplier sooner) {
        this.wait = wait;
        this.sooner = sooner;
    }

    /** Now. */
    static Replacement atOnce() {
        return new Replacement(Duration.ZERO, () -> true);
    }

    /** Once the old one, which goes on trying, is let in. */
    static Replacement afterLogin(Logins old) {
        double before = old.accepted();
        return new Replacement(LATER, () -> old.accepted() > before);
    }

    /** A person must act first. */
    static Replacement later() {
        return new Replacement(LATER, () -> false);
    }

    /** It could not be made just now. */
    static Replacement soon() {
        return new Replacement(SOON, () -> false);
    }

    boolean isDue() {
        return sooner.getAsBoolean() || System.nanoTime() - startNanos >= wait.toNanos();
    }
}
