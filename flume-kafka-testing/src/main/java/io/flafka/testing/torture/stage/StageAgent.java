// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.stage;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One agent, which faults stop, kill, freeze and start again. For one thread at a time. */
public final class StageAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StageAgent.class);
    private static final Duration STOP = Duration.ofMinutes(2);

    private final AgentCommand command;
    private Optional<AgentProcess> process = Optional.empty();

    StageAgent(FlumeHome home, String name, String properties) {
        this.command = AgentCommand.of(home, name, properties);
    }

    public String name() {
        return command.name();
    }

    /** Starts it, if it does not run. Does not wait for it. */
    public void start() {
        if (!isAlive()) {
            process = Optional.of(command.launch());
        }
    }

    /** Returns an error that shows the end of its log. */
    public AssertionError failure(String what) {
        return process.map(started -> started.failure(what)).orElseGet(() -> new AssertionError(name() + " " + what));
    }

    /** Returns whether its process exists. */
    public boolean isAlive() {
        return process.isPresent() && process.get().isAlive();
    }

    public void kill() {
        process.ifPresent(AgentProcess::kill);
    }

    /** Stops it (SIGTERM). One that does not stop within two minutes is killed, with a line in the log. */
    public void stop() {
        try {
            process.filter(AgentProcess::isAlive).ifPresent(running -> running.stop(STOP));
        } catch (AssertionError tooSlow) {
            LOG.warn("{} did not stop", name(), tooSlow);
        }
    }

    public void freeze() {
        process.ifPresent(AgentProcess::freeze);
    }

    public void thaw() {
        process.ifPresent(AgentProcess::thaw);
    }

    /** Lets its disk be full: no file may become larger than this. */
    public void fillDisk(long largestFile) {
        process.ifPresent(running -> running.limitFileSize(largestFile));
    }

    /** Ends {@link #fillDisk}. */
    public void freeDisk() {
        process.ifPresent(AgentProcess::unlimitFileSize);
    }

    /** Writes its file again, so that Flume reads it and starts all components anew. */
    public void rewriteFile() {
        Path file = command.file();
        try {
            Files.writeString(file, Files.readString(file) + "# again\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.ifPresent(AgentProcess::close);
    }
}
