// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.OptionalInt;
import org.apache.flume.EventDeliveryException;

/**
 * A batch was given back to the channel, for a reason that the message gives whole.
 *
 * <p>Without a stack trace: Flume logs what {@code process} throws at every attempt, and for an unreachable broker or a bad record the trace says
 * nothing that the line does not.
 */
final class DeliveryFailedException extends EventDeliveryException {

    private static final long serialVersionUID = 1L;

    private final int suspect;

    private DeliveryFailedException(int suspect, String message) {
        super(message);
        this.suspect = suspect;
    }

    /** Because of this event of the batch, counted from 0. */
    static DeliveryFailedException because(int event, String message) {
        return new DeliveryFailedException(event, message);
    }

    /** Because of no event, but the channel. */
    static DeliveryFailedException byChannel(String message) {
        return new DeliveryFailedException(-1, message);
    }

    /** How many events of the batch were before the one that failed, or nothing if the channel failed. */
    OptionalInt suspect() {
        return suspect < 0 ? OptionalInt.empty() : OptionalInt.of(suspect);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
