// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A running Flume agent. A test watches its log and counters, and stops, kills or freezes it. {@link #close} kills it
 * if it still runs. For one thread.
 */
public final class AgentProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(1);
    private static final Map<String, String> KINDS =
            Map.of("channels", "Channel", "sinks", "Sink", "sources", "Source");

    private final AgentCommand command;
    private final TestProcess process;

    AgentProcess(AgentCommand command) {
        this.command = command;
        Path log = command.home().path().resolve("logs").resolve(command.name() + "-" + UUID.randomUUID() + ".log");
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.put("JAVA_HOME", command.javaHome().toString());
        environment.put("FLUME_HOME", command.home().path().toString());
        this.process = TestProcess.start("Flume agent " + command.name(), command.commandLine(), environment, log);
    }

    /**
     * Waits until Flume starts every channel, sink and source of the agent file, and until it serves its counters if
     * they are enabled.
     */
    public void awaitStarted() {
        Properties properties = read(command.file());
        KINDS.forEach((plural, kind) -> {
            for (String component : names(properties, command.name() + "." + plural)) {
                awaitLog("Starting " + kind + " " + Pattern.quote(component) + "$", START_TIMEOUT);
            }
        });
        // Flume serves its counters after it starts the components.
        command.metricsPort()
                .ifPresent(port -> Awaitility.await()
                        .atMost(START_TIMEOUT)
                        .pollInterval(Duration.ofMillis(50))
                        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                        .until(() -> AgentMetrics.read(port), read -> true));
    }

    /**
     * Waits until a line of the log matches.
     *
     * @throws AssertionError with the end of the log, if the agent stops first or the timeout passes
     */
    public void awaitLog(String regex, Duration timeout) {
        process.awaitLog(regex, timeout);
    }

    /** Returns everything the agent has logged and printed so far. */
    public String log() {
        return process.log();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the agent's current counters. The agent must have been started {@link AgentCommand#withMetrics()}. */
    public AgentMetrics metrics() {
        int port = command.metricsPort()
                .orElseThrow(() -> new IllegalStateException("The agent was started without withMetrics()"));
        return AgentMetrics.read(port);
    }

    /**
     * Sends SIGTERM and waits until the agent stops.
     *
     * @throws AssertionError with the end of the log, if the agent does not stop within a minute; it is then killed
     */
    public void stop() {
        process.stop(STOP_TIMEOUT);
    }

    /** Same as {@link #stop()}, with the caller's timeout. */
    public void stop(Duration timeout) {
        process.stop(timeout);
    }

    /** Waits until the agent stops by itself. Returns its exit code. */
    public int awaitExit(Duration timeout) {
        return process.awaitExit(timeout);
    }

    /** Kills the agent (SIGKILL). */
    public void kill() {
        process.kill();
    }

    /** Suspends the agent (SIGSTOP). */
    public void freeze() {
        process.freeze();
    }

    /** Resumes the agent (SIGCONT). */
    public void thaw() {
        process.thaw();
    }

    /** Lets each write fail that would make a file larger than this, as on a full disk. Its log can be concerned too. */
    public void limitFileSize(long bytes) {
        process.limitFileSize(bytes);
    }

    /** Ends the effect of {@link #limitFileSize}. */
    public void unlimitFileSize() {
        process.unlimitFileSize();
    }

    /** Returns an error that shows the end of the log. */
    public AssertionError failure(String what) {
        return process.failure(what);
    }

    @Override
    public void close() {
        process.close();
    }

    private static List<String> names(Properties properties, String key) {
        String value = properties.getProperty(key, "").strip();
        return value.isEmpty() ? List.of() : List.of(value.split("\\s+", 0));
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
