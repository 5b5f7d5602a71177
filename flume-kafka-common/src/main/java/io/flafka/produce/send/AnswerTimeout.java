// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.SilentProducerException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Limits the wait for an answer of Kafka's client, starting now. The limit is the time in which the client promises an answer, or a short grace while
 * its login is refused.
 *
 * <p>Thread-safe.
 */
public final class AnswerTimeout {

    /** How long an answer that is already on its way may take while the login is refused. */
    static final Duration LOGIN_GRACE = Duration.ofSeconds(2);

    /** How often a waiting thread checks whether the wait is over. */
    static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

    private final Duration limit;
    private final BooleanSupplier loginRefused;
    private final LongSupplier nanoTime;
    private final long startNanos;

    public AnswerTimeout(Duration limit, BooleanSupplier loginRefused) {
        this(limit, loginRefused, System::nanoTime);
    }

    public AnswerTimeout(Duration limit, BooleanSupplier loginRefused, LongSupplier nanoTime) {
        this.limit = limit;
        this.loginRefused = loginRefused;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /** Returns the time left of the limit, in nanoseconds; 0 if the limit is reached. */
    long nanosLeft() {
        return Math.max(0, limit.toNanos() - nanosWaited());
    }

    /** Returns why the wait is over, or nothing if it is not over. */
    Optional<RuntimeException> reasonToGiveUp() {
        boolean limitReached = nanosLeft() == 0;
        if ((limitReached || nanosWaited() >= LOGIN_GRACE.toNanos()) && loginRefused.getAsBoolean()) {
            return Optional.of(new LoginRefusedException());
        }
        return limitReached ? Optional.of(new SilentProducerException(limit)) : Optional.empty();
    }

    private long nanosWaited() {
        return nanoTime.getAsLong() - startNanos;
    }
}
