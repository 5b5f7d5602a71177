// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

/**
 * An event's identity: the key, and the event's number among those of the key. Written as {@code key-000017}. A text
 * that does not end in a number is an event alone in a key of that name.
 *
 * @param key the key
 * @param number the place in the order of sending, -1 without one
 */
public record EventId(String key, int number) {
    private static final int NONE = -1;
    private static final int LONGEST_NUMBER = 9;

    /** Reads an id. */
    static EventId parse(String text) {
        int dash = text.lastIndexOf('-');
        int digits = text.length() - dash - 1;
        if (dash < 0 || digits == 0 || digits > LONGEST_NUMBER) {
            return new EventId(text, NONE);
        }
        for (int i = dash + 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return new EventId(text, NONE);
            }
        }
        return new EventId(text.substring(0, dash), Integer.parseInt(text, dash + 1, text.length(), 10));
    }

    @Override
    public String toString() {
        return number == NONE ? key : "%s-%06d".formatted(key, number);
    }
}
