// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.Locale;

/** What kind of body an event was sent with. */
public enum BodyKind {
    /** The same body as other events. */
    EQUAL,
    /** A body of its own. */
    UNIQUE,
    /** A body that the pipeline cannot process. */
    POISON,
    /** A body larger than the pipeline accepts. */
    HUGE,
    /** No body. */
    TOMBSTONE;

    /** Returns the kind for its word in a history, such as {@code equal}. */
    static BodyKind named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
