// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka node in a JVM of its own: stopped, killed, frozen and started again on the same port with the same data.
 * For one thread.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final String name;
    private final Path directory;
    private final int port;
    private final List<String> command;
    private int readyFrom;
    private @Nullable TestProcess process;

    KafkaBroker(String name, Path directory, int port, Map<String, String> properties) {
        this.name = name;
        this.directory = directory;
        this.port = port;
        this.command = new ForkedJava("kafka-4.3.1", BrokerMain.class)
                .line(List.of("-Dlog4j2.configurationFile=broker-log4j2.properties"), directory.toString());
        try {
            BrokerMain.write(properties, Files.createDirectories(directory).resolve("server.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This broker's own address. */
    public String bootstrapServers() {
        return NodeProperties.bootstrap(port);
    }

    /** The node's log since it was first started. */
    public String log() {
        return process().log();
    }

    /** Whether its process lives; a frozen one does. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The operating system's id of its process. */
    public long pid() {
        return process().pid();
    }

    /** Ends it at once (SIGKILL). */
    public void kill() {
        process().kill();
    }

    /** Lets it shut down in an orderly way (SIGTERM). */
    public void stop() {
        process().stop(STOP_TIMEOUT);
    }

    /** Halts it (SIGSTOP): its connections stay open, nothing answers. */
    public void freeze() {
        process().freeze();
    }

    /** Lets a frozen broker go on (SIGCONT). */
    public void thaw() {
        process().thaw();
    }

    /** Starts a stopped or killed broker on its port with its data, and waits until it serves clients. */
    public void restart() {
        if (isAlive()) {
            stop();
        }
        launch();
        awaitReady();
    }

    /** Starts the process without waiting for it. */
    void launch() {
        Path log = directory.resolve("broker.log");
        readyFrom = process == null ? 0 : process.log().length();
        process = TestProcess.start(name, command, Map.of(), log);
    }

    /** Waits until the broker is registered and serves clients. */
    void awaitReady() {
        process().awaitLog("^READY ", readyFrom, START_TIMEOUT);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private TestProcess process() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }
}
