// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the reason of a repeated failure must be logged: the first one at once, another one a minute later at the earliest. Some servers answer
 * with a text that differs each time, for example by a request's number.
 *
 * <p>For one thread at a time.
 */
public final class ChangingReason {

    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private @Nullable String last;
    private long lastNanos;

    /** Starts without a reason. */
    public ChangingReason() {
        this(System::nanoTime);
    }

    ChangingReason(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns whether this reason must be logged. */
    public boolean isNew(String reason) {
        long now = nanoTime.getAsLong();
        if (reason.equals(last) || (last != null && now - lastNanos < INTERVAL_NANOS)) {
            return false;
        }
        last = reason;
        lastNanos = now;
        return true;
    }

    /** Forgets the reason, because the failure is over. Returns whether there was one. */
    public boolean clear() {
        boolean wasFailing = last != null;
        last = null;
        return wasFailing;
    }
}
