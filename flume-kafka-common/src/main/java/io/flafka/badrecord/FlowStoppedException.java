// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

/** The flow must not go past a bad record. The message says which, why, and what to do, never what is in it. */
public final class FlowStoppedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String place;

    FlowStoppedException(BadRecord record, String remedy) {
        super(record + "; " + remedy, record.reason());
        this.place = record.place().toString();
    }

    /** Which record: the same at each further attempt, where the message may differ. */
    public String place() {
        return place;
    }
}
