// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

/** An event that can never become a Kafka record. The message gives the reason and what to do, and never shows the event's body. */
public sealed class UnwritableEventException extends RuntimeException permits MissingTopicException {

    private static final long serialVersionUID = 1L;

    public UnwritableEventException(String reason) {
        super(reason);
    }
}
