// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a soak run is asked to do.
 *
 * @param scenario the load
 * @param length how long it lasts, without start and measurement of the maximum
 * @param plugin the plugin's zip
 * @param results the folder for the samples and the agent's log
 */
public record SoakOptions(Scenario scenario, Duration length, Path plugin, Path results) {
    private static final int SECONDS_PER_MINUTE = 60;

    /** The load. */
    public enum Scenario {
        /** 80 % of what the agent can do. */
        STEADY,
        /** Ten times of what the agent's sink may write. */
        FAST_PRODUCER
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException if it is wrong
     */
    public static SoakOptions parse(List<String> arguments) {
        Scenario scenario = Scenario.STEADY;
        double minutes = 30;
        Path plugin = Path.of("");
        Path results = Path.of("soak");
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--fast-producer" -> scenario = Scenario.FAST_PRODUCER;
                case "--minutes" -> minutes = Double.parseDouble(value(arguments, ++i));
                case "--plugin" -> plugin = Path.of(value(arguments, ++i));
                case "--results" -> results = Path.of(value(arguments, ++i));
                default -> throw new IllegalArgumentException("Unknown argument '" + arguments.get(i) + "'");
            }
        }
        return new SoakOptions(scenario, Duration.ofSeconds(Math.round(minutes * SECONDS_PER_MINUTE)), plugin, results);
    }

    private static String value(List<String> arguments, int index) {
        if (index == arguments.size()) {
            throw new IllegalArgumentException("'" + arguments.get(index - 1) + "' needs a value");
        }
        return arguments.get(index);
    }
}
