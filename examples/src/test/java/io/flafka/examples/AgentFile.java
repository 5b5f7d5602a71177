// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An agent file's text. A test puts the addresses and paths of its own machine into a copy, and changes nothing else.
 *
 * @param text all of it, comments too
 */
record AgentFile(String text) {
    private static final Pattern TYPE = Pattern.compile("(\\w+\\.(?:sources|channels|sinks)\\.(\\w+)\\.)type");

    /** A copy with every occurrence of an address or path replaced; there must be one. */
    AgentFile replacing(String documented, String actual) {
        if (!text.contains(documented)) {
            throw new IllegalArgumentException("The agent file has no '" + documented + "':\n" + text);
        }
        return new AgentFile(text.replace(documented, actual));
    }

    /** Its components that have a type, Flume's own too. */
    List<Component> components() {
        Properties properties = properties();
        List<Component> components = new ArrayList<>();
        for (String key : properties.stringPropertyNames()) {
            Matcher type = TYPE.matcher(key);
            if (type.matches()) {
                components.add(
                        new Component(type.group(2), properties.getProperty(key), below(type.group(1), properties)));
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

    private static Map<String, String> below(String prefix, Properties properties) {
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
     * @param name in the agent
     * @param type as written
     * @param parameters what Flume hands to its {@code configure}
     */
    record Component(String name, String type, Map<String, String> parameters) {}
}
