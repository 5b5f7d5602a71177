// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * The soak run: {@code examples/torture/soak.sh} starts it. It exits with 1 if memory, threads or file descriptors of
 * the agent grow.
 */
public final class Soak {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Soak() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        System.exit(run(SoakOptions.parse(List.of(arguments)), out) ? 0 : 1);
    }

    /** Runs a scenario and prints what was measured. Returns whether nothing grew. */
    public static boolean run(SoakOptions options, PrintStream out) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (SoakRun run = new SoakRun(options, line -> say(out, start, line))) {
            return run.run();
        }
    }

    private static void say(PrintStream out, long start, String line) {
        long seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        out.append(String.format(Locale.ROOT, "[%3d:%02d] %s%n", seconds / 60, seconds % 60, line));
        out.flush();
    }
}
