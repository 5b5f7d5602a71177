// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import io.flafka.benchmarks.run.Worker.FailedException;
import io.flafka.benchmarks.worker.SharedCount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts every 10 ms what can be read at the output, for the worker. The same for every contender. */
final class OutputWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private OutputWatch() {}

    /**
     * Starts to count.
     *
     * @param readable counts, on a thread of its own
     * @param file the file of the {@link SharedCount}
     */
    @SuppressWarnings("FutureReturnValueIgnored") // It ends with its executor; without counts the run fails.
    static OutputWatch of(LongSupplier readable, Path file) throws IOException {
        SharedCount count = SharedCount.in(file);
        OutputWatch watch = new OutputWatch();
        watch.clock.scheduleAtFixedRate(
                () -> count.set(readable.getAsLong()), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Counts during a measurement. */
    Worker.Output during(Pulse.Measurement measurement) throws IOException, FailedException {
        return measurement.run();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
