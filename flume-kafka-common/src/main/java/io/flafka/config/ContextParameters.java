// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;

/**
 * What an agent file says of a component, on any Flume. {@code Context.getParameters()} returns Guava's {@code ImmutableMap}
 * up to Flume 1.9 and a {@code Map} from 1.10 on: two methods to the JVM, so that code compiled against one does not link
 * with the other. It is therefore called by its name.
 */
public final class ContextParameters {
    private static final String NAME = "getParameters";

    private ContextParameters() {}

    /** The component's lines without the prefix they have in common, in the order in which the context has them. */
    public static Map<String, String> of(Context context) {
        try {
            Map<String, String> parameters = new LinkedHashMap<>();
            ((Map<?, ?>) Context.class.getMethod(NAME).invoke(context))
                    .forEach((name, value) -> parameters.put((String) name, (String) value));
            return parameters;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new FlumeException("This Flume's Context has no usable " + NAME + "()", e);
        }
    }
}
