// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.agent;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the variables in a value, as Flume does from 1.11 on: {@code ${env:NAME}}, {@code ${sys:NAME}}, and either with a default after {@code :-}.
 * What a configuration filter replaces ({@code ${filter['name']}}) is known only to the agent. Stateless.
 */
final class Variables {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(env|sys):([^}:]+)(?::-([^}]*))?}");

    private Variables() {}

    static String replaceIn(String text) {
        return replaceIn(text, System::getenv, System::getProperty);
    }

    static String replaceIn(
            String text, UnaryOperator<@Nullable String> environment, UnaryOperator<@Nullable String> system) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            UnaryOperator<@Nullable String> values = found.group(1).equals("env") ? environment : system;
            String value = values.apply(found.group(2));
            String replacement = value == null ? found.group(3) : value;
            // A default with a variable of its own ends at another brace than the first.
            boolean isKnown =
                    replacement != null && !String.valueOf(found.group(3)).contains("${");
            return Matcher.quoteReplacement(isKnown ? replacement : found.group());
        });
    }

    static boolean remainIn(String text) {
        return text.contains("${");
    }
}
