// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import io.flafka.benchmarks.report.Figures;
import io.flafka.benchmarks.report.Run;
import io.flafka.benchmarks.run.Worker.FailedException;
import io.flafka.benchmarks.worker.LoadKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Runs a plan: scenario by scenario, repetition by repetition, the contenders in turn (A B A B). For one thread. */
public final class Bench implements AutoCloseable {
    private final Plan plan;
    private final Progress progress;
    private final Path directory;
    private final ClassPath classPath;
    private final Broker broker;
    private final List<Run> runs = new ArrayList<>();
    private final Topics topics;
    private final Map<String, Map<String, Map<String, String>>> clients = new TreeMap<>();

    /** Receives a call after each run. */
    public interface Progress {
        /** Reports that a run has ended. */
        void ended(Run run);
    }

    private Bench(Plan plan, Progress progress, Path directory, Broker broker) {
        this.plan = plan;
        this.progress = progress;
        this.directory = directory;
        this.broker = broker;
        this.classPath = new ClassPath(plan.project(), directory.resolve("plugins"));
        this.topics = new Topics(broker.bootstrap(Scenario.Route.DIRECT), broker.data());
    }

    /** Starts the broker. */
    public static Bench start(Plan plan, Progress progress, Path directory) throws IOException {
        return new Bench(plan, progress, directory, Broker.start(directory.resolve("broker")));
    }

    /** Returns the broker's settings. */
    public Map<String, String> brokerSettings() {
        return broker.settings();
    }

    /** Returns the settings that the contenders' Kafka clients logged, by contender and load. */
    public Map<String, Map<String, Map<String, String>>> clients() {
        return clients;
    }

    /** Returns the runs so far. */
    public List<Run> runs() {
        return List.copyOf(runs);
    }

    /** Runs the plan. If this throws, the runs before stay. */
    public void measure() throws IOException {
        warmBroker();
        List<Scenario> scenarios = plan.scenarios();
        for (int next = 0; next < scenarios.size(); next++) {
            Scenario scenario = scenarios.get(next);
            topics.keepOnly(scenarios.subList(next, scenarios.size()).stream()
                    .flatMap(later -> Stage.filledInputOf(later, plan).stream())
                    .toList());
            for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
                for (Contender contender : plan.contendersOf(scenario)) {
                    runs.addAll(repeated(scenario, contender, repetition));
                }
            }
        }
    }

    /**
     * Does one run of each load that does not count. A broker that has just started is several times slower, and only
     * the first contender would be affected.
     */
    private void warmBroker() throws IOException {
        Set<LoadKind> loads = EnumSet.noneOf(LoadKind.class);
        for (Scenario scenario : plan.scenarios()) {
            if (!scenario.isIdle() && loads.add(scenario.load())) {
                once(scenario, plan.contendersOf(scenario).get(0), 0, 1);
            }
        }
    }

    /** Repeats a run that failed or was disturbed. Returns all attempts. */
    private List<Run> repeated(Scenario scenario, Contender contender, int repetition) throws IOException {
        List<Run> attempts = new ArrayList<>();
        for (int attempt = 1; attempt <= plan.attempts(); attempt++) {
            Run run = once(scenario, contender, repetition, attempt);
            attempts.add(run);
            progress.ended(run);
            if (run.isMeasured() && !run.isDisturbed()) {
                break;
            }
        }
        return attempts;
    }

    private Run once(Scenario scenario, Contender contender, int repetition, int attempt) throws IOException {
        String name = "%s-%s-%d-%d".formatted(scenario.name(), contender.name(), repetition, attempt);
        Stage stage = Stage.of(scenario, topics, name, plan);
        Path runDirectory = directory.resolve("runs").resolve(name);
        try {
            Worker worker = new Worker(classPath.of(contender), runDirectory, plan.jvmOptions(name));
            Map<String, String> job = plan.job(scenario, contender, stage, broker);
            Worker.Output output = stage.run(worker, job, broker);
            clients.computeIfAbsent(contender.name() + " " + scenario.load(), key -> new TreeMap<>())
                    .putAll(output.clients());
            return new Run(
                    scenario.name(),
                    contender.name(),
                    repetition,
                    attempt,
                    Figures.of(output.figures(), scenario.body()),
                    contender.isStub() ? Run.Check.none() : stage.check(output.figures()),
                    "");
        } catch (FailedException failed) {
            return new Run(
                    scenario.name(),
                    contender.name(),
                    repetition,
                    attempt,
                    Map.of(),
                    Run.Check.none(),
                    String.valueOf(failed.getMessage()));
        } finally {
            stage.clear();
        }
    }

    @Override
    public void close() throws IOException {
        topics.close();
        broker.close();
    }
}
