// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A contender: an implementation to measure, described by a class path and class names.
 *
 * @param name the name in the tables
 * @param text the description
 * @param plugin the zip for {@code plugin:} entries of the class path, relative to the project's folder; empty for the
 *     zip that was just built
 * @param classPath entries: {@code runtime:<name>} for one of {@code flume-kafka-testing/runtimes}, {@code
 *     plugin:<glob>} for jars of the zip, else a glob below the project's folder
 * @param classes the class names by component: {@code source}, {@code sink}, {@code channel}
 * @param settings the settings by component; they may use ${brokers}, ${input}, ${output}, ${topic}, ${group},
 *     ${batch}, ${body}
 * @param scenarios a regular expression for the scenarios that it takes part in by default
 */
public record Contender(
        String name,
        String text,
        String plugin,
        List<String> classPath,
        Map<String, String> classes,
        Map<String, Map<String, String>> settings,
        String scenarios) {

    public Contender {
        classPath = List.copyOf(classPath);
        classes = Map.copyOf(classes);
        settings = Map.copyOf(settings);
    }

    /** Returns what the names of the producer's settings begin with, by component. */
    Map<String, String> producerPrefixes() {
        Map<String, String> prefixes = new TreeMap<>();
        for (String component : List.of("sink", "channel")) {
            if (settings.containsKey(component)) {
                boolean isBare =
                        settings.get(component).keySet().stream().anyMatch(name -> name.startsWith("producer."));
                prefixes.put(component, isBare ? "producer." : "kafka.producer.");
            }
        }
        return prefixes;
    }

    /**
     * Returns whether it measures only the stubs around the others. It uses no broker, so its count cannot be checked.
     */
    @JsonIgnore
    public boolean isStub() {
        return name.equals("stub");
    }
}
