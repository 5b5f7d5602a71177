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
 * The plugin's {@code bin/takeover}, as an operator calls it; each method but {@link #run} gives a changed copy.
 *
 * @param command the words before the options
 * @param environment what differs from this process's environment, which has no FLUME_HOME for the script
 */
record TakeoverScript(List<String> command, Map<String, String> environment) {

    /** What came of a call. */
    record Outcome(int exitCode, List<String> output, List<String> errors) {}

    static TakeoverScript at(Path script) {
        return new TakeoverScript(List.of(script.toString()), Map.of());
    }

    /** Called by a program: a shell, or one that changes the user. */
    TakeoverScript by(String... program) {
        return new TakeoverScript(
                Stream.concat(Stream.of(program), command.stream()).toList(), environment);
    }

    TakeoverScript with(String name, Object value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value.toString());
        return new TakeoverScript(command, Map.copyOf(more));
    }

    Outcome run(String... options) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().remove("FLUME_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        // Neither is more than a pipe holds, so one after the other will do.
        List<String> output = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        List<String> errors = new String(process.getErrorStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        return new Outcome(process.waitFor(), output, errors);
    }
}
