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
    private static final Pattern COMPONENT = Pattern.compile("\"([^\"]+)\":\\{([^}]*)}");
    private static final Pattern ATTRIBUTE = Pattern.compile("\"([^\"]+)\":\"([^\"]*)\"");
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
                attributes.put(attribute.group(1), attribute.group(2));
            }
            components.put(component.group(1), attributes);
        }
        return new AgentMetrics(components);
    }

    /**
     * Returns the value of a counter.
     *
     * @throws AssertionError listing all counters, if this one does not exist
     */
    public long counter(String component, String attribute) {
        String value = components.getOrDefault(component, Map.of()).get(attribute);
        if (value == null) {
            throw new AssertionError(
                    "No counter " + attribute + " of " + component + " in " + new TreeMap<>(components));
        }
        return Long.parseLong(value);
    }
}
