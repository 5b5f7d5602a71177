// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture;

import io.flafka.testing.torture.pipeline.Components;
import io.flafka.testing.torture.pipeline.Pipeline;
import io.flafka.testing.torture.pipeline.Pipelines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a torture run is asked to do.
 *
 * @param faults how long faults happen, for all pipelines together
 * @param seed what determines the settings and the sequence of the faults
 * @param pipelines the pipelines, one after the other
 * @param components whose components the agents run
 * @param plugin the plugin's zip
 * @param results the folder for histories and logs
 */
public record TortureOptions(
        Duration faults, long seed, List<Pipeline> pipelines, Components components, Path plugin, Path results) {
    private static final int SECONDS_PER_MINUTE = 60;
    private static final List<String> NAMES =
            List.of("--minutes", "--seed", "--pipeline", "--components", "--plugin", "--results");

    public TortureOptions {
        pipelines = List.copyOf(pipelines);
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException if it is wrong
     */
    public static TortureOptions parse(List<String> arguments) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!NAMES.contains(arguments.get(i)) || i + 1 == arguments.size()) {
                throw new IllegalArgumentException(
                        "Expected a value after each of " + NAMES + ", but got " + arguments);
            }
            values.put(arguments.get(i), arguments.get(i + 1));
        }
        Components components =
                Components.valueOf(values.getOrDefault("--components", "flafka").toUpperCase(Locale.ROOT));
        String pipeline = values.getOrDefault("--pipeline", "");
        List<Pipeline> chosen = pipeline.isEmpty() ? Pipelines.all() : List.of(Pipelines.named(pipeline));
        double minutes = Double.parseDouble(values.getOrDefault("--minutes", "5"));
        return new TortureOptions(
                Duration.ofSeconds(Math.round(minutes * SECONDS_PER_MINUTE)),
                Long.parseLong(values.getOrDefault("--seed", "1")),
                chosen.stream().filter(each -> each.supports(components)).toList(),
                components,
                Path.of(values.getOrDefault("--plugin", "")),
                Path.of(values.getOrDefault("--results", "torture")));
    }

    /** Returns how long faults happen in each pipeline. */
    Duration faultsPerPipeline() {
        return faults.dividedBy(Math.max(1, pipelines.size()));
    }
}
