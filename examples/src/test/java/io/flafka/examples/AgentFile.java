// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of an agent file. A test replaces only addresses and paths, in a copy.
 *
 * @param text the complete text, with comments
 */
record AgentFile(String text) {
    private static final Pattern SECRET = Pattern.compile("\\$\\{env\\['(\\w+)']}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:(\\w+):-([^}]*)}");
    private static final Pattern TYPE = Pattern.compile("(\\w+\\.(?:sources|channels|sinks)\\.(\\w+)\\.)type");

    /** Returns a copy in which every occurrence of an address or path is replaced. There must be at least one. */
    AgentFile replacing(String documented, String actual) {
        if (!text.contains(documented)) {
            throw new IllegalArgumentException("The agent file has no '" + documented + "':\n" + text);
        }
        return new AgentFile(text.replace(documented, actual));
    }

    /**
     * Returns a copy in which each secret from the environment is replaced, as Flume's configuration filter does. The
     * filter replaces it after the file was read, so a backslash in a secret escapes nothing.
     */
    AgentFile withSecrets(UnaryOperator<String> valueOf) {
        return new AgentFile(SECRET.matcher(text)
                .replaceAll(secret ->
                        Matcher.quoteReplacement(valueOf.apply(secret.group(1)).replace("\\", "\\\\"))));
    }

    /** Returns a copy in which each variable that has a default is replaced by it, as Flume does without the variable. */
    AgentFile withDefaults() {
        return new AgentFile(
                VARIABLE.matcher(text).replaceAll(variable -> Matcher.quoteReplacement(variable.group(2))));
    }

    /** Returns the names of the variables that have a default. */
    Set<String> variables() {
        return VARIABLE.matcher(text)
                .results()
                .map(variable -> variable.group(1))
                .collect(Collectors.toSet());
    }

    /** Returns the names of the secrets from the environment. */
    Set<String> secrets() {
        return SECRET.matcher(text).results().map(secret -> secret.group(1)).collect(Collectors.toSet());
    }

    /** Returns all components that have a type, also Flume's own. */
    List<Component> components() {
        Properties properties = properties();
        List<Component> components = new ArrayList<>();
        for (String key : properties.stringPropertyNames()) {
            Matcher type = TYPE.matcher(key);
            if (type.matches()) {
                components.add(new Component(
                        type.group(2), properties.getProperty(key), withPrefix(type.group(1), properties)));
            }
        }
        return components;
    }

    private Properties properties() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> withPrefix(String prefix, Properties properties) {
        Map<String, String> parameters = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(prefix)) {
                parameters.put(key.substring(prefix.length()), properties.getProperty(key));
            }
        }
        return parameters;
    }

    /**
     * A source, channel or sink.
     *
     * @param name its name in the agent
     * @param type its type as written in the file
     * @param parameters the properties that Flume passes to its {@code configure}
     */
    record Component(String name, String type, Map<String, String> parameters) {}
}
