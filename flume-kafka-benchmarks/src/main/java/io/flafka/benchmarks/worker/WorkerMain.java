// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The main class of one run's JVM: it starts the component, warms it up, measures, stops it and prints one line. The
 * argument is the job's file. The exit code is not 0 if anything failed.
 */
public final class WorkerMain {
    private static final Duration FIRST_EVENT = Duration.ofMinutes(3);
    private static final Duration TICK = Duration.ofMillis(2);
    /** If the topic is endless, only the time ends the window. A shorter tick would show in the cost of idle components. */
    private static final Duration ENDLESS_TICK = Duration.ofMillis(200);
    // If the topic is finite: the shares of its events after which the warm-up and the window end at the latest.
    private static final double WARM_UP_SHARE = 0.4;
    private static final double WINDOW_SHARE = 0.97;

    private final Job job;
    private final Load load;
    private final ProcessHandle broker;
    private final ProcessHandle driver;

    private WorkerMain(Job job) {
        this.job = job;
        this.load = load(job);
        this.broker = ProcessHandle.of(job.number(Keys.BROKER)).orElseThrow();
        this.driver = ProcessHandle.of(job.number(Keys.DRIVER)).orElseThrow();
    }

    /** Runs the job. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        try {
            Map<String, Double> figures = new WorkerMain(Job.read(Path.of(arguments[0]))).run();
            out.append(Keys.RESULT).append(Window.json(figures)).append('\n').flush();
        } catch (IOException | RuntimeException failed) {
            org.slf4j.LoggerFactory.getLogger(WorkerMain.class).error("The run failed", failed);
            out.flush();
            // The component's threads may still run, and its shutdown hooks may wait for them.
            Runtime.getRuntime().halt(1);
        }
        // A contender that leaves threads running must not delay the next run.
        System.exit(0);
    }

    private static Load load(Job job) {
        return switch (LoadKind.valueOf(job.text(Keys.LOAD))) {
            case SINK -> new SinkLoad(job);
            case SOURCE -> new SourceLoad(job);
            case PUT -> new PutLoad(job);
            case TAKE -> new TakeLoad(job);
            case PIPE -> PipeLoad.withMemoryChannels(job);
            case IDLE -> PipeLoad.withKafkaChannels(job);
            case COPY -> new CopyLoad(job);
            case SOURCE_LATENCY -> new SourceLatencyLoad(job);
            case CHANNEL_LATENCY -> new ChannelLatencyLoad(job);
        };
    }

    private Map<String, Double> run() {
        long available = Long.parseLong(job.text(Keys.AVAILABLE));
        load.start();
        awaitEvents(1);
        long firstEvent = ManagementFactory.getRuntimeMXBean().getUptime();
        awaitEvents(Long.parseLong(job.text(Keys.FIRST_EVENTS)));
        Duration tick = available == Long.MAX_VALUE ? ENDLESS_TICK : TICK;
        await(job.duration(Keys.WARM_UP), tick, () -> load.events() > available * WARM_UP_SHARE);
        load.calls().clear();
        Reading begin = Reading.now(load, broker, driver);
        await(job.duration(Keys.WINDOW), tick, () -> load.events() > available * WINDOW_SHARE);
        if (LoadKind.valueOf(job.text(Keys.LOAD)) != LoadKind.IDLE) {
            // A window that is shorter than one batch has no rate.
            awaitEvents(begin.events() + 1);
        }
        Reading end = Reading.now(load, broker, driver);
        Map<String, Double> figures = new Window(begin, end, load.calls().quantiles()).figures();
        figures.put("firstEventMillis", (double) firstEvent);
        figures.put("threads", (double) end.allocated().size());
        figures.put("heapBytes", (double) heap());
        load.stop();
        figures.put("total", (double) load.events());
        return figures;
    }

    private void awaitEvents(long count) {
        if (!await(FIRST_EVENT, TICK, () -> load.events() >= count)) {
            throw new IllegalStateException(load.events() + " instead of " + count + " events within " + FIRST_EVENT);
        }
    }

    /** Returns what is used of the heap after a garbage collection. */
    private static long heap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Waits for a time, or until the condition holds. Returns whether it holds. */
    private boolean await(Duration atMost, Duration tick, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            load.check();
            if (System.nanoTime() >= deadline) {
                return false;
            }
            LockSupport.parkNanos(tick.toNanos());
        }
        return true;
    }
}
