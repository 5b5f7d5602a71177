// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

/**
 * Reports that a component cannot continue past a bad record. The message names the record, the reason and what to do; it never shows the record's
 * content.
 */
public final class FlowStoppedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String location;

    FlowStoppedException(BadRecord record, String remedy) {
        super(record + "; " + remedy, record.reason());
        this.location = record.location().toString();
    }

    /** Returns where the record is. The text is the same on every attempt, while the message may differ. */
    public String location() {
        return location;
    }
}
