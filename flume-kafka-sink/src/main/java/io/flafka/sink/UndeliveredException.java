// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import org.apache.flume.EventDeliveryException;

/**
 * A batch was given back to the channel, for a reason that the message gives whole.
 *
 * <p>Without a stack trace: Flume logs what {@code process} throws at every attempt, and for an unreachable broker or a bad record the trace says
 * nothing that the line does not.
 */
final class UndeliveredException extends EventDeliveryException {

    private static final long serialVersionUID = 1L;

    UndeliveredException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
