// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.NamePatterns;
import io.flafka.config.Property;
import io.flafka.config.PropertyValues;
import io.flafka.config.ValueType;
import java.nio.charset.Charset;

/** The properties {@code headers.*}, which copy headers under the same name. All components have them. */
public final class HeaderProperties {

    /** The headers to copy. */
    public static final Property<NamePatterns> INCLUDE = Property.of(
            "headers.include",
            names(),
            "Headers to copy between event and record under the same name. `*` matches every header. By default none are copied."
                    + " `key` is never copied, because it is the record's key.");

    /** The headers to leave out. */
    public static final Property<NamePatterns> EXCLUDE =
            Property.of("headers.exclude", names(), "Headers to leave out even if `headers.include` matches them.");

    /** The character set of the values. */
    public static final Property<Charset> CHARSET = Property.of(
                    "headers.charset",
                    new ValueType<>("the name of a character set that Java supports", Charset::forName),
                    "The character set of these headers' values in a record. Values invalid in this character set are never altered;"
                            + " the record or event is handled by `errors.tolerance`. When reading, `ISO-8859-1` accepts any bytes.")
            .defaultsTo(UTF_8.name());

    private HeaderProperties() {}

    /** Returns the selection for a component that also writes headers. Adds an error if the character set can only be read. */
    public static HeaderSelection writableSelection(PropertyValues values) {
        HeaderSelection selection = selection(values);
        if (!selection.charset().canEncode()) {
            values.problems()
                    .invalid(
                            CHARSET.name(),
                            selection.charset().name(),
                            "a character set that can be written; this one can only be read");
        }
        return selection;
    }

    /** Returns the selection for a component that only reads headers. */
    public static HeaderSelection selection(PropertyValues values) {
        return new HeaderSelection(
                values.find(INCLUDE).orElse(NamePatterns.NONE),
                values.find(EXCLUDE).orElse(NamePatterns.NONE),
                values.get(CHARSET));
    }

    private static ValueType<NamePatterns> names() {
        return new ValueType<>("header names separated by commas; * matches any characters, or none", NamePatterns::of);
    }
}
