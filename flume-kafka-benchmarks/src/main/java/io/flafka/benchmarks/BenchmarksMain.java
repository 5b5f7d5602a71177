// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks;

import io.flafka.benchmarks.codec.CodecMeasurement;
import io.flafka.benchmarks.report.Comparison;
import io.flafka.benchmarks.report.Report;
import io.flafka.benchmarks.report.ReportFile;
import io.flafka.benchmarks.run.Contender;
import io.flafka.benchmarks.run.Contenders;
import io.flafka.benchmarks.run.Plan;
import io.flafka.benchmarks.run.Scenario;
import io.flafka.benchmarks.run.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The main class of {@code run.sh}: measures, or compares two measurements. */
public final class BenchmarksMain {
    private static final String CODEC = "codec";
    private static final int REPETITIONS = 3;
    private static final int ATTEMPTS = 3;
    /** In a shorter one the JVM's compiler would use more CPU time than some contenders. */
    private static final Duration WARM_UP = Duration.ofSeconds(6);

    private static final Duration WINDOW = Duration.ofSeconds(3);
    private static final Duration QUICK_WARM_UP = Duration.ofSeconds(4);
    private static final Duration QUICK_WINDOW = Duration.ofSeconds(2);
    private static final Duration LATENCY_WINDOW = Duration.ofSeconds(5);

    private final Options options;
    private final Path project;
    private final Console console = new Console();

    private BenchmarksMain(Options options, Path project) {
        this.options = options;
        this.project = project;
    }

    /** Exits with 1 after a failed measurement or a regression, and with 2 after a wrong command line. */
    public static void main(String[] arguments) throws IOException {
        Path project = Path.of(System.getProperty("project.directory", "")).toAbsolutePath();
        try {
            System.exit(new BenchmarksMain(Options.of(List.of(arguments)), project).run());
        } catch (IllegalArgumentException wrong) {
            new Console().print(wrong.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
        }
    }

    private int run() throws IOException {
        if (options.compared().size() == 2) {
            return compare(ReportFile.read(options.compared().get(1)));
        }
        Optional<Path> measured = options.path("--tables");
        if (measured.isPresent()) {
            new Outputs(measured.get()).write(ReportFile.read(measured.get()), console);
            return 0;
        }
        Plan plan = plan();
        if (plan.scenarios().isEmpty() && !options.isRequested(CODEC)) {
            throw new IllegalArgumentException("No scenario matches " + options.regex("--scenario"));
        }
        if (options.has("--list")) {
            plan.scenarios().forEach(scenario -> console.print(scenario.name()));
            console.print(CODEC);
            return 0;
        }
        Path out = options.path("--out").orElse(project.resolve("flume-kafka-benchmarks/target/results.json"));
        Report report = new Measurement(
                        plan,
                        options.isRequested(CODEC)
                                ? Optional.of(new CodecMeasurement(console::print))
                                : Optional.empty(),
                        LogStore.named(options.values().getOrDefault("--logs", "memory")),
                        console)
                .report();
        new Outputs(out).write(report, console);
        int regression = options.compared().isEmpty() ? 0 : compare(report);
        return plan.isComplete(report.runs())
                        && report.runs().stream()
                                .allMatch(run -> run.isMeasured() && run.check().isExact())
                ? regression
                : 1;
    }

    private int compare(Report after) throws IOException {
        Comparison comparison = Comparison.of(ReportFile.read(options.compared().get(0)), after);
        console.print(comparison.table());
        return comparison.hasRegression() ? 1 : 0;
    }

    private Plan plan() throws IOException {
        boolean quick = options.has("--quick");
        Predicate<String> wanted = options.regex("--scenario").asMatchPredicate();
        List<Scenario> scenarios = (quick && !options.values().containsKey("--scenario")
                        ? Scenarios.quick()
                        : Scenarios.all())
                .stream().filter(scenario -> wanted.test(scenario.name())).toList();
        Predicate<String> wantedContenders = options.regex("--contender").asMatchPredicate();
        List<Contender> contenders = new ArrayList<>(Contenders.standard());
        Optional<Path> more = options.path("--contenders");
        if (more.isPresent()) {
            contenders.addAll(Contenders.in(more.get()));
        }
        contenders.removeIf(contender -> !wantedContenders.test(contender.name()));
        return new Plan(
                project,
                scenarios,
                contenders,
                options.count("--reps").orElse(quick ? 1 : REPETITIONS),
                options.count("--attempts").orElse(ATTEMPTS),
                options.seconds("--warm-up").orElse(quick ? QUICK_WARM_UP : WARM_UP),
                options.seconds("--window").orElse(quick ? QUICK_WINDOW : WINDOW),
                options.seconds("--window").orElse(LATENCY_WINDOW),
                profiles());
    }

    private Optional<Path> profiles() throws IOException {
        if (!options.has("--profile")) {
            return Optional.empty();
        }
        Path folder = project.resolve("flume-kafka-benchmarks/target/profiles");
        console.print("Profiles: " + Files.createDirectories(folder));
        return Optional.of(folder);
    }
}
