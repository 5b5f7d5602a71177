// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

import io.flafka.config.LogSafeText;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The last failure of a component, and its time: why it does not go on now, or why it did not then. Thread-safe. */
public final class LastError {

    /** A failure and its time. */
    private record Failure(String text, long millis) {}

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Failure NONE = new Failure("", 0);

    private volatile Failure last = NONE;

    /** Declares both as attributes. */
    public LastError(MetricGroup group) {
        group.text(
                "LastError",
                "the last failure since the start, as the log has it; empty without one. It stays after the failure is over",
                () -> last.text());
        group.gauge(
                "LastErrorTime",
                "when that was, in milliseconds since 1970 as in `StartTime`; 0 without a failure",
                () -> last.millis());
        group.onReset(() -> last = NONE);
    }

    /** Notes a failure that happens now. */
    public void set(@Nullable String text) {
        last = new Failure(LogSafeText.message(text), CLOCK.millis());
    }
}
