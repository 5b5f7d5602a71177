// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.load;

/** What an event's body is like. */
public enum BodyKind {
    /** The same as most others. */
    EQUAL("equal"),
    /** Like no other. */
    UNIQUE("unique"),
    /** The event or record can never be delivered. */
    POISON("poison"),
    /** Larger than the output allows. */
    HUGE("huge"),
    /** None. */
    TOMBSTONE("tombstone");

    private final String text;

    BodyKind(String text) {
        this.text = text;
    }

    /** Returns the name in the history. */
    public String text() {
        return text;
    }
}
