// SPDX-License-Identifier: Apache-2.0
package io.flafka.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of the command in this process.
 *
 * @param exitCode its exit code
 * @param output what it printed, with the name of the agent file instead of its path
 * @param errors what it printed as errors
 */
record CommandRun(int exitCode, String output, String errors) {

    /** Checks a file, with an agent's heap that is large enough. */
    static CommandRun of(Path file, String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("-f", file.toString(), "-c", WrongFile.folder("conf").toString()));
        arguments.addAll(List.of(options));
        CommandRun run = of(arguments.toArray(String[]::new));
        return new CommandRun(
                run.exitCode(),
                run.output().replace(file.toString(), String.valueOf(file.getFileName())),
                run.errors());
    }

    /** Runs the command with these arguments. */
    static CommandRun of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new CheckCommand(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        CommandRun.class.getClassLoader())
                .applyAsInt(arguments);
        return new CommandRun(code, out.toString(UTF_8), err.toString(UTF_8));
    }
}
