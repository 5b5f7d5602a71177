// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.OptionalInt;
import org.apache.flume.EventDeliveryException;

/**
 * Tells Flume that a call of {@code process} failed. The message has the whole reason.
 *
 * <p>It has no stack trace. Flume logs what {@code process} throws at every attempt, and for an unreachable broker or a bad record the trace adds
 * nothing to the message.
 */
final class DeliveryFailedException extends EventDeliveryException {

    private static final long serialVersionUID = 1L;

    private static final int NO_EVENT = -1;

    private final int failedIndex;

    private DeliveryFailedException(int failedIndex, String message) {
        super(message);
        this.failedIndex = failedIndex;
    }

    /**
     * Creates the failure of one event.
     *
     * @param index the event's index in its batch
     */
    static DeliveryFailedException ofEvent(int index, String message) {
        return new DeliveryFailedException(index, message);
    }

    /** Creates a failure that no single event caused, but for example the channel. */
    static DeliveryFailedException withoutEvent(String message) {
        return new DeliveryFailedException(NO_EVENT, message);
    }

    /** Returns the index of the failed event in its batch; empty if no event caused the failure. */
    OptionalInt failedIndex() {
        return failedIndex == NO_EVENT ? OptionalInt.empty() : OptionalInt.of(failedIndex);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
