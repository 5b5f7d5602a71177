// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.SilentProducerException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How long an answer of Kafka's client is waited for, from now on: as long as the client promises one, and only a moment where that is of no use.
 *
 * <p>Thread-safe.
 */
public final class AnswerTimeout {

    /** An answer that is on its way may still come. */
    static final Duration GRACE = Duration.ofSeconds(2);

    /** How often to look whether waiting is of any use. */
    static final Duration LOOK = Duration.ofMillis(500);

    private final Duration atMost;
    private final BooleanSupplier hopeless;
    private final LongSupplier nanoTime;
    private final long startNanos;

    public AnswerTimeout(Duration atMost, BooleanSupplier hopeless) {
        this(atMost, hopeless, System::nanoTime);
    }

    public AnswerTimeout(Duration atMost, BooleanSupplier hopeless, LongSupplier nanoTime) {
        this.atMost = atMost;
        this.hopeless = hopeless;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /** 0 if the time is over. */
    long nanosLeft() {
        return Math.max(0, atMost.toNanos() - waited());
    }

    /** Whether it need not be waited for, though time is left. */
    boolean isHopeless() {
        return waited() >= GRACE.toNanos() && hopeless.getAsBoolean();
    }

    boolean isOver() {
        return nanosLeft() == 0 || isHopeless();
    }

    /** Why it is over. */
    RuntimeException reason() {
        return hopeless.getAsBoolean() ? new LoginRefusedException() : new SilentProducerException(atMost);
    }

    private long waited() {
        return nanoTime.getAsLong() - startNanos;
    }
}
