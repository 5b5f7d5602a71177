// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A program that a test started. The test watches its log, and stops, kills or freezes it. It is killed when the test's
 * JVM exits. A program that stops at the end of its standard input, as ours do, does not even survive a SIGKILL of that
 * JVM. For one thread.
 */
public final class TestProcess implements AutoCloseable {
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int TAIL_LINES = 60;

    private final String name;
    private final Path log;
    private final Process process;
    private final Thread killAtExit;

    private TestProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.killAtExit = new Thread(process::destroyForcibly, "kill-" + name);
    }

    /**
     * Starts a program. Its output and errors are appended to {@code log}.
     *
     * @param environment variables added to this JVM's environment
     */
    public static TestProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            TestProcess started = new TestProcess(name, log, builder.start());
            Runtime.getRuntime().addShutdownHook(started.killAtExit);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + ": " + String.join(" ", command), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Returns whether it still runs, which is also true while it is frozen. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns everything it has written so far. */
    public String log() {
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log, e);
        }
    }

    /** Waits until the log matches. */
    public void awaitLog(String regex, Duration timeout) {
        awaitLog(regex, 0, timeout);
    }

    /**
     * Waits until the log matches after its first {@code from} characters.
     *
     * @param from how many characters to skip
     * @throws AssertionError with the end of the log, if the program stops first or the timeout passes
     */
    public void awaitLog(String regex, int from, Duration timeout) {
        Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
        waitUntil(timeout, () -> matches(pattern, from) || !isAlive());
        if (!matches(pattern, from)) {
            throw failure((isAlive() ? "did not log /" : "stopped without logging /") + regex + "/"
                    + (isAlive() ? " within " + timeout : ", exit code " + process.exitValue()));
        }
    }

    private boolean matches(Pattern pattern, int from) {
        String text = log();
        return text.length() >= from && pattern.matcher(text.substring(from)).find();
    }

    /**
     * Sends SIGTERM and waits until the program stops.
     *
     * @return its exit code
     * @throws AssertionError with the end of the log, if it had to be killed
     */
    public int stop(Duration timeout) {
        thaw();
        // Through its handle, because Process.destroy would also close its standard input.
        process.toHandle().destroy();
        waitUntil(timeout, () -> !isAlive());
        if (isAlive()) {
            kill();
            throw failure("did not stop within " + timeout + " and was killed");
        }
        forget();
        return process.exitValue();
    }

    /** Waits until it stops by itself. Returns its exit code. */
    public int awaitExit(Duration timeout) {
        waitUntil(timeout, () -> !isAlive());
        if (isAlive()) {
            throw failure("did not stop by itself within " + timeout);
        }
        forget();
        return process.exitValue();
    }

    /** Kills it (SIGKILL) and waits until it has exited. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(KILL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("survived SIGKILL");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        forget();
    }

    /** Suspends it (SIGSTOP): it keeps its connections but does nothing. */
    public void freeze() {
        signal("STOP");
    }

    /** Resumes a frozen program (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    /** Closes its standard input. */
    public void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
        forget();
    }

    /** Returns an error that shows the end of the log. */
    public AssertionError failure(String what) {
        List<String> lines = log().lines().toList();
        List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return new AssertionError(
                name + " (pid " + pid() + ") " + what + "; the end of its log:\n" + String.join("\n", tail));
    }

    /** Limits the size of the files that it writes; Java reports a larger one as an {@code IOException}. */
    public void limitFileSize(long bytes) {
        run("prlimit --pid " + pid() + " --fsize=" + bytes + ":unlimited");
    }

    /** Ends the effect of {@link #limitFileSize}. */
    public void unlimitFileSize() {
        run("prlimit --pid " + pid() + " --fsize=unlimited:unlimited");
    }

    private void signal(String signal) {
        if (isAlive()) {
            run("kill -" + signal + " " + pid());
        }
    }

    private static void run(String command) {
        try {
            // Through bash, which flume-ng needs anyway: a small image may have no kill program.
            new ProcessBuilder("bash", "-c", command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(killAtExit);
        } catch (IllegalStateException endingAlready) {
            // The JVM is already running its shutdown hooks; this hook does no harm.
            return;
        }
    }

    private static void waitUntil(Duration timeout, java.util.concurrent.Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .pollInterval(POLL)
                    .pollDelay(Duration.ZERO)
                    .atMost(timeout)
                    .until(condition);
        } catch (org.awaitility.core.ConditionTimeoutException late) {
            // The caller checks the state itself and writes the error message.
            return;
        }
    }
}
