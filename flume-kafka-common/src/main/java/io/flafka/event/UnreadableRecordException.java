// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

/** A record that can never become an event. The message gives the reason and the place of the fault, and never shows the content. */
public final class UnreadableRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(String reason) {
        super(reason);
    }
}
