// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A name that a property had in an earlier Flume, or that Flume's guide misprints, and that people therefore write.
 *
 * @param name as it stands in agent files
 * @param translation today's value for each value of then; empty if the values are the same
 */
public record FormerName(String name, Map<String, String> translation) {

    /** Keeps a copy. */
    public FormerName {
        translation = Map.copyOf(translation);
    }

    /** A former name whose values were those of today. */
    public static FormerName of(String name) {
        return new FormerName(name, Map.of());
    }

    /** Today's value, or nothing if the text is none of the values of then. */
    Optional<String> translate(String text) {
        return isTranslated() ? Optional.ofNullable(translation.get(text.toLowerCase(Locale.ROOT))) : Optional.of(text);
    }

    /** Whether the values were others. Such a name counts only where today's is absent: so Flume always read it. */
    public boolean isTranslated() {
        return !translation.isEmpty();
    }

    /** What could be written under this name. */
    String allowed() {
        return String.join(" or ", translation.keySet().stream().sorted().toList());
    }
}
