// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server in a forked JVM. A test can stop, kill or freeze it, and start it again on the same port with the same data.
 * For one thread.
 */
public abstract sealed class ForkedServer implements AutoCloseable permits KafkaBroker, ZooKeeperNode {
    private static final Logger LOG = LoggerFactory.getLogger(ForkedServer.class);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);

    private final String name;
    private final ForkedJava java;
    private final Path directory;
    private final List<String> arguments;
    private final Path archiveDraft;
    private int readyFrom;
    private boolean writesArchive;
    private @Nullable TestProcess process;

    ForkedServer(String name, ForkedJava java, Path directory, List<String> arguments) {
        this.name = name;
        this.java = java;
        this.directory = directory;
        this.arguments = List.copyOf(arguments);
        this.archiveDraft = directory.resolve("classes.jsa");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns its log since its first start. */
    public String log() {
        return process().log();
    }

    /** Returns whether its process is alive, which is also true while it is frozen. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return process().pid();
    }

    /** Kills the server (SIGKILL). */
    public void kill() {
        process().kill();
    }

    /** Stops the server in an orderly way (SIGTERM). */
    public void stop() {
        process().stop(STOP_TIMEOUT);
    }

    /** Suspends the server (SIGSTOP). Its connections stay open, but it answers no requests. */
    public void freeze() {
        process().freeze();
    }

    /** Resumes a frozen server (SIGCONT). */
    public void thaw() {
        process().thaw();
    }

    /**
     * Lets each write fail that would make a file larger than this, as on a full disk. It holds until the server is started again. Needs {@code prlimit},
     * which Linux has.
     *
     * @param bytes the largest file
     */
    public void limitFileSize(long bytes) {
        process().limitFileSize(bytes);
    }

    /** Waits until the server has stopped by itself. */
    public void awaitStopped() {
        process().awaitExit(STOP_TIMEOUT);
    }

    /** Starts a stopped or killed server on the same port with the same data, and waits until it serves clients. */
    public void restart() {
        if (isAlive()) {
            stop();
        }
        launch();
        awaitReady();
    }

    /** Starts the process without waiting for it. */
    void launch() {
        launch(java.archive().map(ClassArchive::readOptions).orElse(List.of()));
    }

    /** Same as {@link #launch()}. If the class archive is missing, {@link #close()} makes this server write it. */
    void launchToWriteArchive() {
        Optional<ClassArchive> missing = java.archive().filter(archive -> !archive.exists());
        if (missing.isPresent()) {
            launch(missing.get().writeOptions(archiveDraft));
            writesArchive = true;
        } else {
            launch();
        }
    }

    private void launch(List<String> archiveOptions) {
        readyFrom = process == null ? 0 : process.log().length();
        process = TestProcess.start(
                name,
                java.commandLine(directory, archiveOptions, arguments.toArray(String[]::new)),
                Map.of(),
                directory.resolve("server.log"));
        writesArchive = false;
    }

    void awaitReady() {
        process().awaitLog("^READY ", readyFrom, START_TIMEOUT);
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        if (writesArchive && process.isAlive()) {
            writeArchive(process);
        }
        process.close();
    }

    private void writeArchive(TestProcess running) {
        try {
            running.stop(STOP_TIMEOUT);
            java.archive().ifPresent(archive -> archive.publish(archiveDraft));
        } catch (AssertionError tooSlow) {
            // The server was killed. The archive only saves time, so the next server tries again.
            LOG.debug("No class archive written", tooSlow);
        }
    }

    private TestProcess process() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }
}
