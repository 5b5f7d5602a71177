// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.TestDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The agent of one example: {@code flume-ng} in a Flume home without the stock Kafka jars, with this plugin in {@code
 * plugins.d} and the example's agent file. If the test fails, it shows the agent's log. After each test the agent is
 * killed and its home deleted.
 */
final class ExampleAgent implements AfterEachCallback, TestExecutionExceptionHandler {
    private static final Path PLUGIN = Path.of(System.getProperty("plugin.zip", "no plugin.zip given"));
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern WARNING_OR_ERROR =
            Pattern.compile("^\\S+ \\S+ (WARN |ERROR) \\[.*?] \\S+ - (.*)$", Pattern.MULTILINE);
    // Unrelated to the examples: optional parts of Flume and Hadoop are missing.
    private static final Set<String> LOGGED_BY_EVERY_AGENT = Set.of(
            "WARN Agent configuration for 'a1' has no configfilters.",
            "WARN Unable to load native-hadoop library for your platform... using builtin-java classes where applicable");
    // Hadoop's client requests three replicas by default. The HDFS sink would then start a new file again and again.
    private static final String ONE_DATA_NODE = """
            <configuration><property><name>dfs.replication</name><value>1</value></property></configuration>
            """;

    private final TestDirectory directory;
    private AgentFile file;
    private final List<String> options = new ArrayList<>();
    private final List<Path> dropIn = new ArrayList<>();
    private final StringBuilder environment = new StringBuilder();
    private boolean hadoop;
    private @Nullable AgentProcess process;

    private ExampleAgent(AgentFile file) {
        this.directory = TestDirectory.create("example");
        this.file = file;
    }

    /** Creates the agent of an example without starting it. */
    static ExampleAgent of(String example) {
        return new ExampleAgent(new ExampleFolder(example).agentFile());
    }

    /** Creates an agent whose file is chosen by {@link #running}. */
    static ExampleAgent withoutFile() {
        return new ExampleAgent(new AgentFile(""));
    }

    /** Sets the agent file. */
    ExampleAgent running(AgentFile chosen) {
        file = chosen;
        return this;
    }

    /** Adds options of {@code flume-ng agent}. */
    ExampleAgent with(String... further) {
        options.addAll(List.of(further));
        return this;
    }

    /** Adds a variable to {@code flume-env.sh}. The value must not contain a single quote. */
    ExampleAgent withVariable(String name, String value) {
        environment.append("export %s='%s'%n".formatted(name, value));
        return this;
    }

    /** Adds lines to {@code flume-env.sh}. */
    ExampleAgent withFlumeEnv(String lines) {
        environment.append(lines);
        return this;
    }

    /** Copies a jar to {@code drop-in}. */
    ExampleAgent withDropIn(Path jar) {
        dropIn.add(jar);
        return this;
    }

    /** Replaces a documented address or path with one of this machine. */
    ExampleAgent replacing(String documented, String actual) {
        file = file.replacing(documented, actual);
        return this;
    }

    /**
     * Adds Hadoop's client, which the HDFS sink needs and Flume does not contain, configured for an HDFS with one
     * DataNode.
     */
    ExampleAgent withHadoop() {
        hadoop = true;
        return this;
    }

    /** Starts the agent and waits until Flume starts its components. */
    void start() {
        FlumeHome home =
                FlumeHome.withoutStockKafka(directory.path().resolve("flume")).install(PLUGIN);
        prepare(home);
        // These JVM options only save time.
        AgentCommand command = AgentCommand.of(home, "a1", file.text())
                .with("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")
                .with(options.toArray(String[]::new));
        process = (hadoop ? withHadoop(command) : command).start();
    }

    private void prepare(FlumeHome home) {
        try {
            Files.writeString(home.conf().resolve("flume-env.sh"), environment);
            for (Path jar : dropIn) {
                Files.copy(jar, home.plugins().resolve("flume-kafka/drop-in").resolve(jar.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AgentCommand withHadoop(AgentCommand command) {
        try {
            Files.writeString(command.home().conf().resolve("hdfs-site.xml"), ONE_DATA_NODE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return command.withRuntime("hadoop-client");
    }

    /** Returns the agent file that it was started with. */
    AgentFile file() {
        return file;
    }

    /** Replaces the agent file of the running agent. Flume looks at it every 30 seconds. */
    void reload(AgentFile changed) {
        try {
            Files.writeString(directory.path().resolve("flume/conf/a1.properties"), changed.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the agent (SIGKILL). */
    void kill() {
        process().kill();
    }

    /** Waits until the log matches. */
    void awaitLog(String regex) {
        process().awaitLog(regex, Duration.ofMinutes(2));
    }

    /** Returns everything that the agent has logged. */
    String log() {
        return process().log();
    }

    /**
     * Stops the agent as an operator does (SIGTERM).
     *
     * @return all warnings and errors since its start, as level and message, without those that every agent here logs
     * @throws AssertionError if the agent had to be killed
     */
    List<String> stop() {
        process().stop(STOP_TIMEOUT);
        return WARNING_OR_ERROR
                .matcher(log())
                .results()
                .map(line -> line.group(1).strip() + " " + line.group(2))
                .filter(line -> !LOGGED_BY_EVERY_AGENT.contains(line))
                .toList();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (process == null) {
            throw failure;
        }
        AssertionError withLog = process.failure("failed in the test of its example: " + failure.getMessage());
        withLog.initCause(failure);
        throw withLog;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (process != null) {
            process.close();
        }
        directory.close();
    }

    private AgentProcess process() {
        if (process == null) {
            throw new IllegalStateException("The agent was not started");
        }
        return process;
    }
}
