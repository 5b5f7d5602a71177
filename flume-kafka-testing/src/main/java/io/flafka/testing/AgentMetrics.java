// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The counters that an agent's HTTP monitoring reported at one moment.
 *
 * @param components attributes by component, such as {@code SOURCE.r1}; all values are strings, as Flume writes them
 */
public record AgentMetrics(Map<String, Map<String, String>> components) {
    // Flume's JSON is an object of flat objects whose values are all strings, so patterns are enough.
    private static final String CONTENT = "[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+";
    private static final String TEXT = "\"(" + CONTENT + ")\"";
    private static final Pattern COMPONENT = Pattern.compile(TEXT + ":\\{((?:\"" + CONTENT + "\"[:,]?)*+)}");
    private static final Pattern ATTRIBUTE = Pattern.compile(TEXT + ":" + TEXT);
    private static final Pattern UNICODE_ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final int HEXADECIMAL = 16;
    private static final int TIMEOUT_MILLIS = 10_000;

    public AgentMetrics {
        components = Map.copyOf(components);
    }

    static AgentMetrics read(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try (InputStream in = connection.getInputStream()) {
                return parse(new String(in.readAllBytes(), UTF_8));
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No metrics on port " + port, e);
        }
    }

    static AgentMetrics parse(String json) {
        Map<String, Map<String, String>> components = new TreeMap<>();
        Matcher component = COMPONENT.matcher(json);
        while (component.find()) {
            Map<String, String> attributes = new TreeMap<>();
            Matcher attribute = ATTRIBUTE.matcher(component.group(2));
            while (attribute.find()) {
                attributes.put(unescaped(attribute.group(1)), unescaped(attribute.group(2)));
            }
            components.put(component.group(1), attributes);
        }
        return new AgentMetrics(components);
    }

    /** Flume's JSON writer escapes quotes and backslashes with a backslash, and characters of HTML such as {@code =} by their number. */
    private static String unescaped(String text) {
        return UNICODE_ESCAPE
                .matcher(text)
                .replaceAll(code ->
                        Matcher.quoteReplacement(Character.toString(Integer.parseInt(code.group(1), HEXADECIMAL))))
                .replaceAll("\\\\(.)", "$1");
    }

    /** Returns the attributes of a component; empty if the agent does not show it yet. */
    public Map<String, String> attributes(String component) {
        return components.getOrDefault(component, Map.of());
    }

    /**
     * Returns the value of a counter.
     *
     * @throws AssertionError listing all counters, if this one does not exist
     */
    public long counter(String component, String attribute) {
        String value = attributes(component).get(attribute);
        if (value == null) {
            throw new AssertionError(
                    "No counter " + attribute + " of " + component + " in " + new TreeMap<>(components));
        }
        return Long.parseLong(value);
    }
}
