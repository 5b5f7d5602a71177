// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import io.flafka.benchmarks.run.Contender;
import io.flafka.benchmarks.run.Scenario;
import io.flafka.benchmarks.run.Scenario.Route;
import io.flafka.benchmarks.worker.LoadKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Small reports for tests. */
final class Reports {
    static final Scenario SINK = new Scenario("sink-1kb-batch100", LoadKind.SINK, 1024, 100, 1, 4, Route.DIRECT);
    static final Scenario LATENCY =
            new Scenario("latency-source", LoadKind.SOURCE_LATENCY, 100, 1000, 1, 4, Route.DIRECT);

    private Reports() {}

    static Report of(Run... runs) {
        return new Report(
                "2026-11-22T09:00:00Z",
                "abcdef0123",
                Map.of("processors", "2"),
                Map.of("num.partitions", "4"),
                Map.of("window", "PT2S"),
                Stream.of("stock", "ours", "bare").map(Reports::contender).toList(),
                Map.of(
                        "stock SINK", Map.of("producer", Map.of("acks", "1", "enable.idempotence", "false")),
                        "ours SINK", Map.of("producer", Map.of("acks", "-1", "enable.idempotence", "true"))),
                List.of(SINK, LATENCY),
                List.of(runs),
                List.of(new Report.CodecResult("oursReads", 2, 100, 5e6, 1e5, 640)));
    }

    private static Contender contender(String name) {
        return new Contender(
                name, "Text.", "", List.of("runtime:x"), Map.of("sink", "a.B"), Map.of("sink", Map.of("k", "v")), ".*");
    }

    static Run run(String contender, int repetition, double rate, double others) {
        return new Run(
                SINK.name(),
                contender,
                repetition,
                1,
                Map.of(Figures.RATE, rate, Figures.OTHERS, others, Figures.ALLOCATED, 1000.0),
                new Run.Check(10, 10),
                "");
    }

    static Run cpu(String contender, double secondsPerMillion) {
        return new Run(
                SINK.name(), contender, 1, 1, Map.of(Figures.CLIENT_CPU, secondsPerMillion), new Run.Check(10, 10), "");
    }

    static Run latency(String contender, double p50) {
        return new Run(
                LATENCY.name(),
                contender,
                1,
                1,
                Map.of(Figures.P50, p50, Figures.P99, p50 * 2),
                new Run.Check(10, 10),
                "");
    }
}
