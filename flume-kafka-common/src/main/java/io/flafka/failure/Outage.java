// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the reason of an outage, so that it is logged once and not at each retry. For one thread.
 *
 * @param <R> the type of the reasons; equal reasons are the same
 */
public final class Outage<R> {

    private @Nullable R reason;

    /** Begins an outage, or continues it. Returns whether the reason is new, so that it must be logged. */
    public boolean begins(R newReason) {
        boolean isNew = !newReason.equals(reason);
        reason = newReason;
        return isNew;
    }

    /** Ends the outage. Returns whether there was one, so that its end must be logged. */
    public boolean ends() {
        boolean lasted = reason != null;
        reason = null;
        return lasted;
    }

    /** Returns the latest reason; empty if there is no outage. */
    public Optional<R> reason() {
        return Optional.ofNullable(reason);
    }
}
