// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;

/**
 * Reads a component's parameters from Flume's {@code Context}, on every supported Flume. {@code Context.getParameters()} returns Guava's
 * {@code ImmutableMap} up to Flume 1.9 and a {@code Map} from 1.10 on. For the JVM these are two different methods, and code compiled against one
 * does not link with the other. So the method is called by reflection.
 */
public final class ContextParameters {
    private static final String METHOD = "getParameters";

    private ContextParameters() {}

    /** Returns the component's parameters in the order of the context. The names do not have the component's prefix. */
    public static Map<String, String> of(Context context) {
        try {
            Map<String, String> parameters = new LinkedHashMap<>();
            ((Map<?, ?>) Context.class.getMethod(METHOD).invoke(context))
                    .forEach((name, value) -> parameters.put((String) name, (String) value));
            return parameters;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new FlumeException("This Flume's Context has no usable " + METHOD + "()", e);
        }
    }
}
