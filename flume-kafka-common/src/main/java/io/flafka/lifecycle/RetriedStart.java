// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.flume.FlumeException;
import org.jspecify.annotations.Nullable;

/**
 * Starts the run of a component whose clients cannot always be created, for example because no broker's name can be resolved or a file is missing. If
 * {@code start()} of the component failed instead, Flume would try again every three seconds, with hundreds of log lines each time; and for a channel it
 * would wait with all components of the agent.
 *
 * <p>After a failure it waits before it tries again: five seconds, then twice as long each time, up to a minute. Thread-safe; while one thread starts the
 * run, others wait.
 *
 * @param <R> the type of the run
 */
public final class RetriedStart<R> {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Supplier<R> starter;
    private final Clock clock;
    private Duration pause = FIRST_PAUSE;
    private Instant due = Instant.MIN;
    private @Nullable Throwable failure;

    /**
     * Creates the start of one run. Does not start it.
     *
     * @param starter starts the run, and leaves nothing open if it fails
     */
    public RetriedStart(Supplier<R> starter, Clock clock) {
        this.starter = starter;
        this.clock = clock;
    }

    /**
     * Starts the run, unless the last failure was a moment ago.
     *
     * @throws FlumeException with the reason of the last failure
     */
    public synchronized R start() {
        if (!isDue()) {
            throw refused();
        }
        try {
            return starter.get();
        } catch (RuntimeException | OutOfMemoryError refused) {
            failure = refused;
            due = clock.instant().plus(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            throw refused();
        }
    }

    /** Returns whether {@link #start} would try now, rather than report the last failure again. */
    public synchronized boolean isDue() {
        return !clock.instant().isBefore(due);
    }

    private FlumeException refused() {
        Throwable last = failure;
        return new FlumeException(last instanceof FlumeException ? last.getMessage() : String.valueOf(last), last);
    }
}
