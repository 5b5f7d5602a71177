// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import io.flafka.testing.ProducerQuota;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** One run: load, samples, judgement. For one thread. */
final class SoakRun implements AutoCloseable {
    private static final long MIB = 1024 * 1024;
    private static final double SHARE_OF_MAXIMUM = 0.8;
    private static final double UNLIMITED = 1_000_000;
    private static final int STEADY_BODY = 100;
    private static final long STEADY_ON_THE_WAY = 400_000;
    private static final Map<String, String> STEADY_RETENTION =
            Map.of("retention.bytes", Long.toString(256 * MIB), "segment.bytes", Long.toString(64 * MIB));
    private static final int FAST_BODY = 200;
    private static final double FAST_RATE = 15_000;
    /** A tenth of the rate, in bytes: a record is a body and about 10 bytes. */
    private static final int FAST_QUOTA = 315_000;

    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration SAMPLE = Duration.ofSeconds(10);
    private static final Duration MEASUREMENT = Duration.ofMinutes(1);
    private static final Duration DRAIN = Duration.ofMinutes(5);

    private final SoakOptions options;
    private final Consumer<String> out;
    private final SoakStage stage;
    private final Offsets output;
    private final RecordLoad load;
    private final AgentProbe probe;
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    SoakRun(SoakOptions options, Consumer<String> out) {
        this.options = options;
        this.out = out;
        boolean steady = options.scenario() == SoakOptions.Scenario.STEADY;
        this.stage = SoakStage.start(
                options.plugin(),
                steady ? SoakAgent::withDefaults : SoakAgent::withSmallLimits,
                steady ? STEADY_RETENTION : Map.of("retention.ms", "-1"));
        String brokers = stage.cluster().bootstrapServers();
        this.output = new Offsets(brokers, SoakAgent.OUTPUT, SoakStage.PARTITIONS);
        this.load = new RecordLoad(
                brokers,
                SoakAgent.INPUT,
                steady ? STEADY_BODY : FAST_BODY,
                steady ? STEADY_ON_THE_WAY : Long.MAX_VALUE);
        this.probe = AgentProbe.attach(stage.agent().pid());
        out.accept("Broker and agent run; the agent has a heap of 256 MB");
    }

    /** Returns whether nothing grew, and nothing else broke. */
    boolean run() throws IOException, InterruptedException {
        switch (options.scenario()) {
            case STEADY -> steady();
            case FAST_PRODUCER -> fastProducer();
        }
        judge();
        return broken.isEmpty();
    }

    private void steady() throws InterruptedException {
        double maximum = maximum();
        load.rate(SHARE_OF_MAXIMUM * maximum);
        out.accept(
                text("80 %% of that: %,.0f records per second of %d bytes", SHARE_OF_MAXIMUM * maximum, STEADY_BODY));
        long waitedBefore = load.waited().toMillis();
        sampleFor(options.length());
        long waited = load.waited().toMillis() - waitedBefore;
        out.accept(text(
                "The load had to wait for the agent in %.1f %% of the time: %,d records were on their way",
                100.0 * waited / options.length().toMillis(), STEADY_ON_THE_WAY));
        drain();
    }

    /** Measures how many records the agent moves per second if there are always enough. */
    private double maximum() throws InterruptedException {
        Duration length = options.length().compareTo(MEASUREMENT) < 0 ? options.length() : MEASUREMENT;
        load.rate(UNLIMITED);
        follow(length.dividedBy(3));
        long before = output.sum();
        long start = System.nanoTime();
        follow(length);
        double maximum = (output.sum() - before) * 1e9 / (System.nanoTime() - start);
        out.accept(text("Maximum in %d s: %,.0f records per second", length.toSeconds(), maximum));
        return maximum;
    }

    private void fastProducer() throws InterruptedException {
        follow(Duration.ofSeconds(5));
        long idle = probe.sample(Duration.ZERO, 0, 0).liveHeap();
        out.accept(text("Live heap of the idle agent: %.1f MiB", mebibytes(idle)));
        ProducerQuota.set(stage.cluster(), SoakAgent.SINK_CLIENT, FAST_QUOTA);
        load.rate(FAST_RATE);
        sampleFor(options.length());
        long delivered = output.sum();
        out.accept(text(
                "Sent %,d records, delivered %,d: the sink was %.1f times slower",
                load.sent(), delivered, load.sent() / (double) Math.max(1, delivered)));
        if (load.sent() < 5 * delivered) {
            broken.add("The producer was not much faster than the sink, so the run proves nothing");
        }
        bound("live heap", Sample::liveHeap, idle + stage.settings().heapLimit());
        bound("direct memory", Sample::direct, stage.settings().directLimit());
    }

    private void bound(String name, ToLongFunction<Sample> measure, long bound) {
        long highest = samples.stream().mapToLong(measure).max().orElse(0);
        out.accept(
                text("Highest %s: %.1f MiB; the settings allow %.1f MiB", name, mebibytes(highest), mebibytes(bound)));
        if (highest > bound) {
            broken.add("The " + name + " exceeded what the settings allow");
        }
    }

    private static double mebibytes(long bytes) {
        return bytes / (double) MIB;
    }

    private void sampleFor(Duration length) throws InterruptedException {
        long start = System.nanoTime();
        for (Duration at = Duration.ZERO; at.compareTo(length) < 0; at = since(start)) {
            follow(SAMPLE);
            long delivered = output.sum();
            Sample sample = probe.sample(since(start), delivered, load.sent() - delivered);
            samples.add(sample);
            if (samples.size() % 6 == 1) {
                out.accept(sample.toString());
            }
        }
    }

    /** Lets time pass, and tells the load what has arrived. */
    private void follow(Duration length) throws InterruptedException {
        long start = System.nanoTime();
        while (since(start).compareTo(length) < 0) {
            TimeUnit.MILLISECONDS.sleep(TICK.toMillis());
            load.delivered(output.sum());
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void drain() throws InterruptedException {
        load.rate(0);
        long start = System.nanoTime();
        while (output.sum() < load.sent() && since(start).compareTo(DRAIN) < 0) {
            follow(TICK);
        }
        // Two ticks more would show duplicates. A run without faults has none.
        follow(TICK.multipliedBy(2));
        long delivered = output.sum();
        out.accept(text("Sent %,d records, delivered %,d", load.sent(), delivered));
        if (delivered != load.sent()) {
            broken.add("Sent and delivered records differ");
        }
    }

    private void judge() throws IOException {
        for (Growth growth : growths()) {
            out.accept(growth.toString());
            if (growth.isGrowing()) {
                broken.add(growth.name() + " grows");
            }
        }
        if (!stage.agent().isAlive() || stage.agent().log().contains("OutOfMemoryError")) {
            broken.add("The agent ran out of memory or stopped");
        }
        Files.createDirectories(options.results());
        String name = options.scenario().name().toLowerCase(Locale.ROOT).replace('_', '-');
        List<String> lines = new ArrayList<>(List.of(Sample.HEADER));
        samples.forEach(sample -> lines.add(sample.csv()));
        Files.write(options.results().resolve(name + ".csv"), lines);
        stage.keepLog(options.results().resolve(name + ".log"));
        out.accept(broken.isEmpty() ? "PASSED" : "FAILED: " + String.join("; ", broken));
    }

    private List<Growth> growths() {
        return switch (options.scenario()) {
            case STEADY -> Growth.of(samples);
            // Ten minutes are too short for the slope of the memory, which has bounds instead.
            case FAST_PRODUCER -> Growth.ofHandles(samples);
        };
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public void close() throws IOException {
        load.close();
        output.close();
        probe.close();
        stage.close();
    }
}
