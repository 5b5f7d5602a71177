// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/**
 * Who is measured: a class path and class names, written as data.
 *
 * @param name as the tables call it
 * @param text what it is
 * @param plugin the zip that entries {@code plugin:} of the class path lie in, relative to the project's folder; empty for the one just built
 * @param classPath entries: {@code runtime:<name>} for one of {@code flume-kafka-testing/runtimes}, {@code plugin:<glob>} for jars of the zip, else a glob below the project's folder
 * @param classes by component: {@code source}, {@code sink}, {@code channel}
 * @param settings by component; may use ${brokers}, ${input}, ${output}, ${topic}, ${group}, ${batch}, ${body}
 * @param scenarios which of them it takes part in by default: a regular expression
 */
public record Contender(
        String name,
        String text,
        String plugin,
        List<String> classPath,
        Map<String, String> classes,
        Map<String, Map<String, String>> settings,
        String scenarios) {

    /** Copies. */
    public Contender {
        classPath = List.copyOf(classPath);
        classes = Map.copyOf(classes);
        settings = Map.copyOf(settings);
    }

    /** Whether it only shows what surrounds the others: it touches no broker, so there is nothing to compare with. */
    @JsonIgnore
    public boolean isStub() {
        return name.equals("stub");
    }
}
