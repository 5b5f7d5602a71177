// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks;

import io.flafka.benchmarks.codec.CodecMeasurement;
import io.flafka.benchmarks.report.Report;
import io.flafka.benchmarks.report.Report.CodecResult;
import io.flafka.benchmarks.report.Run;
import io.flafka.benchmarks.run.Bench;
import io.flafka.benchmarks.run.Plan;
import io.flafka.testing.TestDirectory;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures a plan and creates the report.
 *
 * @param plan the scenarios and contenders
 * @param codec the microbenchmarks, if requested
 * @param logs where the broker keeps its logs
 * @param console the output for progress
 */
record Measurement(Plan plan, Optional<CodecMeasurement> codec, LogStore logs, Console console) {
    Report report() throws IOException {
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, String> machine = Machine.describe();
        console.print("Machine: " + machine);
        console.expect(plan.scenarios().stream()
                .mapToInt(scenario -> plan.contendersOf(scenario).size() * plan.repetitions())
                .sum());
        List<CodecResult> codecs = codec.isPresent() ? codec.get().run() : List.of();
        if (plan.scenarios().isEmpty()) {
            return report(date, machine, Map.of(), Map.of(), List.of(), codecs);
        }
        try (TestDirectory directory = logs.directory();
                Bench bench = Bench.start(plan, console, directory.path())) {
            console.print("Broker: " + bench.brokerSettings());
            plan.contenders()
                    .forEach(contender -> console.print(
                            "Contender " + contender.name() + ": " + contender.text() + "\n  " + contender.settings()));
            try {
                bench.measure();
            } catch (IOException | RuntimeException failed) {
                // An hour of runs must not be lost because the machine ran out of memory.
                console.print("The measurement ends here, and the runs before are reported: " + failed);
            }
            return report(date, machine, bench.brokerSettings(), bench.clients(), bench.runs(), codecs);
        }
    }

    private Report report(
            String date,
            Map<String, String> machine,
            Map<String, String> broker,
            Map<String, Map<String, Map<String, String>>> clients,
            List<Run> runs,
            List<CodecResult> codecs)
            throws IOException {
        Map<String, String> windows = Map.of(
                "warmUp", plan.warmUp().toString(),
                "window", plan.window().toString(),
                "latencyWindow", plan.latencyWindow().toString(),
                "repetitions", Integer.toString(plan.repetitions()));
        return new Report(
                date,
                Machine.commit(plan.project()),
                machine,
                broker,
                windows,
                plan.contenders(),
                clients,
                plan.scenarios(),
                runs,
                codecs);
    }
}
