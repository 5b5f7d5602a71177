// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A running Flume agent: watched through its log and counters, then stopped, killed or frozen. Closing it kills what
 * still runs. For one thread.
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
        Map<String, String> environment = Map.of(
                "JAVA_HOME", command.javaHome().toString(),
                "FLUME_HOME", command.home().path().toString());
        this.process = TestProcess.start("Flume agent " + command.name(), command.line(), environment, log);
    }

    /** Waits until Flume has begun to start every channel, sink and source that the agent file names, and serves its counters if asked to. */
    public void awaitStarted() {
        Properties properties = read(command.file());
        KINDS.forEach((plural, kind) -> {
            for (String component : names(properties, command.name() + "." + plural)) {
                awaitLog("Starting " + kind + " " + Pattern.quote(component) + "$", START_TIMEOUT);
            }
        });
        // Flume serves its counters after the components.
        command.metricsPort()
                .ifPresent(port -> Awaitility.await()
                        .atMost(START_TIMEOUT)
                        .pollInterval(Duration.ofMillis(50))
                        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                        .until(() -> AgentMetrics.read(port), read -> true));
    }

    /**
     * Waits until a line of the log has a match.
     *
     * @throws AssertionError with the end of the log, if the agent ends first or the time is over
     */
    public void awaitLog(String regex, Duration timeout) {
        process.awaitLog(regex, timeout);
    }

    /** All the agent has logged so far, with what it printed. */
    public String log() {
        return process.log();
    }

    /** The JVM's process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether its process lives. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The agent's counters now; the agent must have been started {@link AgentCommand#withMetrics()}. */
    public AgentMetrics metrics() {
        int port = command.metricsPort()
                .orElseThrow(() -> new IllegalStateException("The agent was started without withMetrics()"));
        return AgentMetrics.read(port);
    }

    /**
     * Asks the agent to stop (SIGTERM) and waits until it has.
     *
     * @throws AssertionError with the end of the log, if it does not within a minute; it is killed then
     */
    public void stop() {
        process.stop(STOP_TIMEOUT);
    }

    /** As {@link #stop()}, with a time limit of the caller's. */
    public void stop(Duration timeout) {
        process.stop(timeout);
    }

    /** Waits until the agent has ended by itself. */
    public int awaitExit(Duration timeout) {
        return process.awaitExit(timeout);
    }

    /** Kills it (SIGKILL). */
    public void kill() {
        process.kill();
    }

    /** Halts it (SIGSTOP). */
    public void freeze() {
        process.freeze();
    }

    /** Lets it go on (SIGCONT). */
    public void thaw() {
        process.thaw();
    }

    /** An error that shows the end of the log. */
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
