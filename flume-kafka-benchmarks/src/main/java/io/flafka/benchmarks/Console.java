// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.benchmarks.report.Figures;
import io.flafka.benchmarks.report.Run;
import io.flafka.benchmarks.run.Bench;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints the progress on the terminal, one line per run. For one thread. */
final class Console implements Bench.Progress {
    private static final double PERCENT = 100;

    private final PrintStream out = new PrintStream(System.out, true, UTF_8);
    private final long start = System.nanoTime();
    private int expected;
    private int ended;

    void print(String line) {
        out.append(line).append('\n').flush();
    }

    /** Sets how many runs to expect, without repeated attempts. */
    void expect(int runs) {
        expected = runs;
    }

    @Override
    public void ended(Run run) {
        if (run.attempt() == 1) {
            ended++;
        }
        Duration since = Duration.ofNanos(System.nanoTime() - start);
        String head = String.format(
                Locale.ROOT,
                "[%3d/%d %2d:%02d] %-30s %-10s #%d",
                ended,
                expected,
                since.toMinutes(),
                since.toSecondsPart(),
                run.scenario(),
                run.contender(),
                run.repetition());
        print(head + (run.isMeasured() ? measured(run) : "  FAILED: " + run.failure()));
    }

    private static String measured(Run run) {
        return String.format(
                Locale.ROOT,
                "%,12.0f/s  client %6.2f  broker %6.2f CPU s/M  %,7.0f B/event  p50 %,9.0f  p99 %,9.0f us  others %4.1f %%%s%s",
                run.figure(Figures.RATE),
                run.figure(Figures.CLIENT_CPU),
                run.figure(Figures.BROKER_CPU),
                run.figure(Figures.ALLOCATED),
                run.figure(Figures.P50),
                run.figure(Figures.P99),
                run.figure(Figures.OTHERS) * PERCENT,
                run.isDisturbed() ? " DISTURBED" : "",
                run.check().isExact()
                        ? ""
                        : " COUNTED " + run.check().counted() + " BUT KAFKA HAS "
                                + run.check().atOtherEnd());
    }
}
