// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The command that starts a Flume agent through {@code bin/flume-ng}. Each {@code with} method returns a changed copy.
 *
 * @param home the Flume home
 * @param name the agent's name: the first word of its properties
 * @param file the agent file
 * @param javaHome the home of the Java that runs the agent
 * @param options further options of {@code flume-ng agent}
 * @param metricsPort the port on which the agent serves its counters
 * @param environment variables added to the environment
 */
public record AgentCommand(
        FlumeHome home,
        String name,
        Path file,
        Path javaHome,
        List<String> options,
        OptionalInt metricsPort,
        Map<String, String> environment) {

    public AgentCommand {
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
    }

    /** Returns a command with this JVM's Java, a heap of 256 MB, and the JVM options that cost least CPU in a short run. */
    public static AgentCommand of(FlumeHome home, String name, Path file) {
        Path java = Path.of(System.getProperty("java.home"));
        // Flume's default heap of 20 MB is too small for a real agent.
        // A killed agent leaves its native libraries in java.io.tmpdir; the home is deleted with the test.
        List<String> options = List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + home.path().resolve("tmp"));
        return new AgentCommand(home, name, file, java, options, OptionalInt.empty(), Map.of());
    }

    /** Same as {@link #of(FlumeHome, String, Path)}, but writes the agent file to the home's {@code conf} first. */
    public static AgentCommand of(FlumeHome home, String name, String properties) {
        try {
            return of(home, name, Files.writeString(home.conf().resolve(name + ".properties"), properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the agent on another Java. */
    public AgentCommand onJava(Path otherJavaHome) {
        return new AgentCommand(home, name, file, otherJavaHome, options, metricsPort, environment);
    }

    /** Adds options such as {@code -Dname=value}, {@code -Xmx64m}, or {@code -C} and a class path. */
    public AgentCommand with(String... further) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(further));
        return new AgentCommand(home, name, file, javaHome, all, metricsPort, environment);
    }

    /** Adds variables to the agent's environment. */
    public AgentCommand withEnvironment(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new AgentCommand(home, name, file, javaHome, options, metricsPort, all);
    }

    /** Uses the heap of 20 MB that {@code flume-ng} sets if no {@code -Xmx} is given, and the JVM's own defaults. */
    public AgentCommand withFlumeDefaultHeap() {
        List<String> others =
                options.stream().filter(option -> !option.startsWith("-X")).toList();
        return new AgentCommand(home, name, file, javaHome, others, metricsPort, environment);
    }

    /** Adds a runtime's jars between Flume's own and the plugins, as an operator adds Hadoop's. */
    public AgentCommand withRuntime(String runtime) {
        return with("-C", RuntimeClassPath.named(runtime).classPathAfter());
    }

    /** Serves the agent's counters over HTTP, for {@link AgentProcess#metrics()}. */
    public AgentCommand withMetrics() {
        int port = FreePort.find();
        AgentCommand reporting = with("-Dflume.monitoring.type=http", "-Dflume.monitoring.port=" + port);
        return new AgentCommand(home, name, file, javaHome, reporting.options(), OptionalInt.of(port), environment);
    }

    /** Starts the agent without waiting. */
    public AgentProcess launch() {
        return new AgentProcess(this);
    }

    /** Starts the agent and waits until Flume starts its components. */
    public AgentProcess start() {
        AgentProcess process = launch();
        try {
            process.awaitStarted();
            return process;
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    List<String> commandLine() {
        List<String> fixed = List.of(
                home.script().toString(), "agent", "-n", name, "-c", home.conf().toString(), "-f", file.toString());
        return Stream.concat(fixed.stream(), options.stream()).toList();
    }
}
