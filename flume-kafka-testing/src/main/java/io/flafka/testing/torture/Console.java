// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture;

import java.io.PrintStream;
import java.util.Locale;

/** What the person sees who started the run. For any thread. */
final class Console {
    private final PrintStream out;
    private final long start = System.nanoTime();

    Console(PrintStream out) {
        this.out = out;
    }

    /** Prints a line with the time since the begin. */
    void say(String text) {
        long seconds = (System.nanoTime() - start) / 1_000_000_000L;
        print(String.format(Locale.ROOT, "[%3d:%02d] %s", seconds / 60, seconds % 60, text));
    }

    /** Prints lines as they are. */
    void print(String text) {
        out.append(text).append(System.lineSeparator());
        out.flush();
    }
}
