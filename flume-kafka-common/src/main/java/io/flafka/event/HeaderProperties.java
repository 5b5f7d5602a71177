// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.Property;
import io.flafka.config.PropertyValues;
import io.flafka.config.ValueType;
import java.nio.charset.Charset;

/** The properties by which many headers pass at once, for the property sets of the components. */
public final class HeaderProperties {

    /** Which pass. */
    public static final Property<HeaderNames> INCLUDE = Property.of(
            "headers.include",
            names(),
            "The headers that pass between event and record under their own names; `*` alone is all. None without it."
                    + " `key` is never one of them: it is the record's key.");

    /** Which of them do not. */
    public static final Property<HeaderNames> EXCLUDE =
            Property.of("headers.exclude", names(), "The headers that do not, though `headers.include` has them.");

    /** In which form. */
    public static final Property<Charset> CHARSET = Property.of(
                    "headers.charset",
                    new ValueType<>("the name of a character set that Java knows", Charset::forName),
                    "The character set of these headers in a record. What is not valid in it is not passed on changed: the record, or"
                            + " the event, is a bad one. `ISO-8859-1` takes any bytes.")
            .defaultsTo(UTF_8.name());

    private HeaderProperties() {}

    /** What they say, for a component that also writes headers: some character sets can only be read. */
    public static HeaderSelection writableSelection(PropertyValues values) {
        HeaderSelection selection = selection(values);
        if (!selection.charset().canEncode()) {
            values.problems()
                    .invalid(
                            CHARSET.name(),
                            selection.charset().name(),
                            "a character set that text can be written in: this one can only be read");
        }
        return selection;
    }

    /** What they say, for a component that only reads headers. */
    public static HeaderSelection selection(PropertyValues values) {
        return new HeaderSelection(
                values.find(INCLUDE).orElse(HeaderNames.NONE),
                values.find(EXCLUDE).orElse(HeaderNames.NONE),
                values.get(CHARSET));
    }

    private static ValueType<HeaderNames> names() {
        return new ValueType<>(
                "names separated by commas, in which * stands for any characters or none", HeaderNames::of);
    }
}
