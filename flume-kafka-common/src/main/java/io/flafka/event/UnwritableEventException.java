// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

/** An event that can never become a Kafka record as it is. The message says which rule it breaks and what to do, never the event's body. */
public final class UnwritableEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the reason, as the operator reads it. */
    public UnwritableEventException(String reason) {
        super(reason);
    }
}
