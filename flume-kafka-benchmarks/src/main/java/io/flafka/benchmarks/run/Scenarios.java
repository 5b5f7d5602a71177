// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import io.flafka.benchmarks.run.Scenario.Route;
import io.flafka.benchmarks.worker.LoadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** All scenarios, in the order in which they run. */
public final class Scenarios {
    private static final int SMALL = 100;
    private static final int LARGE = 1024;
    private static final int VERY_LARGE = 100 * 1024;
    private static final int HUGE = 5 * 1024 * 1024;
    private static final List<Integer> BODIES = List.of(SMALL, LARGE);
    private static final int VERY_FEW = 10;
    private static final int FEW = 100;
    private static final int MANY = 1000;
    private static final int MOST = 5000;
    private static final int THREADS = 4;
    private static final int PARTITIONS = 4;
    private static final List<Integer> MORE = List.of(8, 32);
    private static final List<Integer> MORE_PARTITIONS = List.of(32, 256, 1000);
    private static final Set<String> QUICK = Set.of(
            "sink-100b-batch100",
            "sink-1kb-batch1000",
            "source-1kb-batch1000",
            "put-1kb-batch100-1thread",
            "take-1kb-batch100-1thread",
            "pipe-1kb",
            "latency-source",
            "latency-channel",
            "relay-sink-1kb-batch1000");

    private Scenarios() {}

    /** Returns all scenarios. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (int body : BODIES) {
            for (int batch : List.of(FEW, MANY, MOST)) {
                all.add(of("sink", LoadKind.SINK, body, batch));
            }
        }
        for (int body : BODIES) {
            for (int batch : List.of(MANY, MOST)) {
                all.add(of("source", LoadKind.SOURCE, body, batch));
            }
        }
        addChannel("put", LoadKind.PUT, all);
        addChannel("take", LoadKind.TAKE, all);
        for (int body : BODIES) {
            all.add(new Scenario("pipe-" + size(body), LoadKind.PIPE, body, MANY, 1, PARTITIONS, Route.DIRECT));
        }
        for (int body : BODIES) {
            all.add(new Scenario("copy-" + size(body), LoadKind.COPY, body, MOST, 1, PARTITIONS, Route.DIRECT));
        }
        addVariants(all);
        all.add(new Scenario("latency-source", LoadKind.SOURCE_LATENCY, SMALL, MANY, 1, PARTITIONS, Route.DIRECT));
        all.add(new Scenario("latency-channel", LoadKind.CHANNEL_LATENCY, SMALL, FEW, 1, PARTITIONS, Route.DIRECT));
        all.add(new Scenario("idle", LoadKind.IDLE, SMALL, MANY, 1, PARTITIONS, Route.DIRECT));
        for (int pipelines : MORE) {
            String name = "idle-" + pipelines + "pipelines";
            all.add(new Scenario(name, LoadKind.IDLE, SMALL, MANY, pipelines, PARTITIONS, Route.DIRECT));
        }
        all.add(relayed("relay-sink", LoadKind.SINK, FEW));
        all.add(relayed("relay-sink", LoadKind.SINK, MANY));
        all.add(relayed("relay-put", LoadKind.PUT, FEW));
        all.add(relayed("relay-put", LoadKind.PUT, MANY));
        all.add(relayed("relay-take", LoadKind.TAKE, MANY));
        // Last, because full topics with another number of partitions are deleted.
        for (int partitions : MORE_PARTITIONS) {
            addPartitions(partitions, all);
        }
        return all;
    }

    /** Returns the scenarios of {@code --quick}. */
    public static List<Scenario> quick() {
        return all().stream()
                .filter(scenario -> QUICK.contains(scenario.name()))
                .toList();
    }

    private static void addChannel(String word, LoadKind load, List<Scenario> all) {
        for (int body : BODIES) {
            for (int batch : List.of(FEW, MANY)) {
                for (int threads : List.of(1, THREADS)) {
                    String name = "%s-%s-batch%d-%dthread%s"
                            .formatted(word, size(body), batch, threads, threads == 1 ? "" : "s");
                    all.add(new Scenario(name, load, body, batch, threads, PARTITIONS, Route.DIRECT));
                }
            }
        }
    }

    /** Adds special records, large events, and several sinks and pipelines. */
    private static void addVariants(List<Scenario> all) {
        for (Variant variant : List.of(Variant.KEYED, Variant.LZ4, Variant.ZSTD)) {
            String name = name("sink", LARGE, MANY) + variant.suffix();
            all.add(new Scenario(name, LoadKind.SINK, LARGE, MANY, 1, PARTITIONS, Route.DIRECT, variant));
        }
        for (int sinks : MORE) {
            String name = name("sink", SMALL, MANY) + "-" + sinks + "sinks";
            all.add(new Scenario(name, LoadKind.SINK, SMALL, MANY, sinks, PARTITIONS, Route.DIRECT));
        }
        for (int pipelines : MORE) {
            String name = "pipe-" + size(SMALL) + "-" + pipelines + "pipelines";
            all.add(new Scenario(name, LoadKind.PIPE, SMALL, MANY, pipelines, PARTITIONS, Route.DIRECT));
        }
        for (LoadKind load : List.of(LoadKind.SINK, LoadKind.SOURCE, LoadKind.PUT, LoadKind.TAKE)) {
            all.add(of(load.name().toLowerCase(Locale.ROOT), load, VERY_LARGE, FEW));
            all.add(of(load.name().toLowerCase(Locale.ROOT), load, HUGE, VERY_FEW));
        }
    }

    private static void addPartitions(int partitions, List<Scenario> all) {
        for (LoadKind load : List.of(LoadKind.SINK, LoadKind.SOURCE, LoadKind.PUT, LoadKind.TAKE)) {
            String name = name(load.name().toLowerCase(Locale.ROOT), SMALL, MANY) + "-" + partitions + "partitions";
            all.add(new Scenario(name, load, SMALL, MANY, 1, partitions, Route.DIRECT));
        }
    }

    private static Scenario of(String word, LoadKind load, int body, int batch) {
        return new Scenario(name(word, body, batch), load, body, batch, 1, PARTITIONS, Route.DIRECT);
    }

    private static Scenario relayed(String word, LoadKind load, int batch) {
        return new Scenario(name(word, LARGE, batch), load, LARGE, batch, 1, PARTITIONS, Route.RELAYED);
    }

    private static String name(String word, int body, int batch) {
        return String.format(Locale.ROOT, "%s-%s-batch%d", word, size(body), batch);
    }

    private static String size(int body) {
        if (body >= LARGE * LARGE) {
            return body / (LARGE * LARGE) + "mb";
        }
        return body < LARGE ? body + "b" : body / LARGE + "kb";
    }
}
