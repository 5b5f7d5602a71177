// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

/** A record value that is not of the form its reader was told to expect. The message gives the reason and the position, never the content. */
public final class UnreadableRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason, as the operator reads it. */
    public UnreadableRecordException(String reason) {
        super(reason);
    }
}
