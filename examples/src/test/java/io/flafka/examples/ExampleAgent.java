// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.TestDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The agent of one example: {@code flume-ng} in a Flume home without stock's Kafka jars, our plugin unzipped into its {@code plugins.d}, and
 * the example's agent file. A test that fails shows the agent's log; whatever the end, neither process nor home stays behind.
 */
final class ExampleAgent implements AfterEachCallback, TestExecutionExceptionHandler {
    private static final Path PLUGIN = Path.of(System.getProperty("plugin.zip", "no plugin.zip given"));
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern COMPLAINT = Pattern.compile(
            "^\\S+ \\S+ ((?:WARN|ERROR) ) *\\[.*?] (?:io\\.flafka|org\\.apache\\.(?:kafka|flume))\\S+ - (.*)$",
            Pattern.MULTILINE);

    private final TestDirectory directory;
    private AgentFile file;
    private List<String> runtimes = List.of();
    private @Nullable AgentProcess process;

    private ExampleAgent(ExampleFolder example) {
        this.directory = TestDirectory.create("example");
        this.file = example.agentFile();
    }

    /** The agent of an example that is not started yet. */
    static ExampleAgent of(String example) {
        return new ExampleAgent(new ExampleFolder(example));
    }

    /** Runs with an address or path of this machine in place of the documented one. */
    ExampleAgent replacing(String documented, String actual) {
        file = file.replacing(documented, actual);
        return this;
    }

    /** Adds Hadoop's client, which the HDFS sink needs and Flume does not bring. */
    ExampleAgent withHadoop() {
        runtimes = List.of("hadoop-client");
        return this;
    }

    /** Starts it and waits until its components are being started. */
    void start() {
        FlumeHome home =
                FlumeHome.withoutStockKafka(directory.path().resolve("flume")).install(PLUGIN);
        // The JVM's options only save time.
        AgentCommand command = AgentCommand.of(home, "a1", file.text())
                .with("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
        for (String runtime : runtimes) {
            command = command.withRuntime(runtime);
        }
        process = command.start();
    }

    /** Waits until it has logged a line that matches. */
    void awaitLog(String regex) {
        process().awaitLog(regex, Duration.ofSeconds(30));
    }

    /** All it has logged. */
    String log() {
        return process().log();
    }

    /**
     * Stops it as an operator does (SIGTERM), in time.
     *
     * @return the warnings and errors of the plugin, of Kafka's client and of Flume since its start: level and message
     * @throws AssertionError if it had to be killed
     */
    List<String> stop() {
        process().stop(STOP_TIMEOUT);
        return COMPLAINT
                .matcher(log())
                .results()
                .map((MatchResult line) -> line.group(1) + line.group(2))
                .toList();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (process == null) {
            throw failure;
        }
        AssertionError withLog = process.failure("failed its example: " + failure.getMessage());
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
