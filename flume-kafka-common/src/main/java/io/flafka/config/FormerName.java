// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A name that existing agent files use for a property: the name in an earlier Flume, or a misprint in Flume's User Guide.
 *
 * @param name the former name
 * @param translation the current value for each former value, in lower case; empty if the values have not changed
 */
public record FormerName(String name, Map<String, String> translation) {

    /** Copies the map. */
    public FormerName {
        translation = Map.copyOf(translation);
    }

    /** Creates a former name whose values have not changed. */
    public static FormerName of(String name) {
        return new FormerName(name, Map.of());
    }

    /** Returns the current value, or nothing if the text is not a former value. */
    public Optional<String> translate(String text) {
        return isTranslated() ? Optional.ofNullable(translation.get(text.toLowerCase(Locale.ROOT))) : Optional.of(text);
    }

    /** Returns whether the values have changed too. Such a name applies only if the current name is absent, as in Flume. */
    public boolean isTranslated() {
        return !translation.isEmpty();
    }

    /** Lists the former values for an error message. */
    String allowed() {
        return String.join(" or ", translation.keySet().stream().sorted().toList());
    }
}
