// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The job of one run, written by the driver.
 *
 * @param values the values by the names in {@link Keys}
 */
record Job(Map<String, String> values) {

    Job {
        values = Map.copyOf(values);
    }

    static Job read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return new Job(values);
    }

    String text(String name) {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(() -> new IllegalArgumentException("The job has no " + name));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    Duration duration(String name) {
        return Duration.parse(text(name));
    }

    /** Returns a component's properties as in an agent file. */
    Map<String, String> settings(String component) {
        String prefix = component + Keys.SETTINGS;
        Map<String, String> settings = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                settings.put(name.substring(prefix.length()), value);
            }
        });
        return settings;
    }
}
