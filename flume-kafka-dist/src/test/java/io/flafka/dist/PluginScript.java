// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A call of a script in the plugin's {@code bin}. Every method except {@link #run} returns a changed copy.
 *
 * @param command the words before the options
 * @param environment variables that override this process's environment; FLUME_HOME is not inherited
 */
record PluginScript(List<String> command, Map<String, String> environment) {

    /** The result of a call. */
    record Outcome(int exitCode, List<String> output, List<String> errors) {}

    static PluginScript at(Path script) {
        return new PluginScript(List.of(script.toString()), Map.of());
    }

    /** Runs the script through a program: a shell, or one that changes the user. */
    PluginScript by(String... program) {
        return new PluginScript(
                Stream.concat(Stream.of(program), command.stream()).toList(), environment);
    }

    PluginScript with(String name, Object value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value.toString());
        return new PluginScript(command, Map.copyOf(more));
    }

    Outcome run(String... options) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().remove("FLUME_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        // Both outputs fit into a pipe, so they can be read one after the other.
        List<String> output = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        List<String> errors = new String(process.getErrorStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        return new Outcome(process.waitFor(), output, errors);
    }
}
