// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.codec;

import io.flafka.benchmarks.report.Report.CodecResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the microbenchmarks, each combination in its own JVM. The runs are short, so they show factors, not percentages.
 */
public final class CodecMeasurement {
    private static final List<Class<?>> BENCHMARKS = List.of(CodecBenchmark.class, MappingBenchmark.class);
    private static final TimeValue ITERATION = TimeValue.milliseconds(500);
    private static final int WARM_UPS = 2;
    private static final int ITERATIONS = 3;

    private final Consumer<String> progress;

    /** Takes a listener for progress: each class before it starts, and each result. */
    public CodecMeasurement(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Runs all microbenchmarks. */
    public List<CodecResult> run() {
        List<CodecResult> results = new ArrayList<>();
        for (Class<?> benchmark : BENCHMARKS) {
            progress.accept("JMH: " + benchmark.getSimpleName() + " ...");
            for (RunResult result : run(benchmark)) {
                CodecResult read = read(result);
                results.add(read);
                progress.accept(String.format(Locale.ROOT, "  %s", read));
            }
        }
        return results;
    }

    private static Collection<RunResult> run(Class<?> benchmark) {
        Options options = new OptionsBuilder()
                .include(benchmark.getName())
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        try {
            return new Runner(options).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH did not run", e);
        }
    }

    private static CodecResult read(RunResult result) {
        return new CodecResult(
                result.getPrimaryResult().getLabel(),
                parameter(result, "headers"),
                parameter(result, "body"),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                allocated(result));
    }

    private static double allocated(RunResult result) {
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith("gc.alloc.rate.norm")) {
                return result.getSecondaryResults().get(name).getScore();
            }
        }
        throw new IllegalStateException("JMH's profiler reported no allocation");
    }

    private static int parameter(RunResult result, String name) {
        return result.getParams().getParamsKeys().contains(name)
                ? Integer.parseInt(result.getParams().getParam(name))
                : 0;
    }
}
