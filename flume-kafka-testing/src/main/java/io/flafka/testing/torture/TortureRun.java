// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture;

import io.flafka.testing.FlumeHome;
import io.flafka.testing.FreePort;
import io.flafka.testing.TestDirectory;
import io.flafka.testing.torture.check.Checker;
import io.flafka.testing.torture.fault.Nemesis;
import io.flafka.testing.torture.load.Load;
import io.flafka.testing.torture.output.OutputWatch;
import io.flafka.testing.torture.pipeline.Components;
import io.flafka.testing.torture.pipeline.Pipeline;
import io.flafka.testing.torture.pipeline.Promises;
import io.flafka.testing.torture.pipeline.Settings;
import io.flafka.testing.torture.pipeline.Site;
import io.flafka.testing.torture.stage.ClusterAdmin;
import io.flafka.testing.torture.stage.Stage;
import io.flafka.testing.torture.stage.StageAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Tortures one pipeline: start, load, faults, heal, drain, verdict. For one thread. */
final class TortureRun {
    /** What the history calls the time until the first output. */
    static final String START = "start";

    private static final Duration FIRST_OUTPUT = Duration.ofMinutes(3);
    private static final Duration AFTER_FAULTS = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofMinutes(20);
    /** The output is complete if it has everything and has not grown for so long: duplicates may still come. */
    private static final Duration QUIET = Duration.ofSeconds(4);
    /** The output misses something if it has not grown for so long. */
    private static final Duration GIVE_UP = Duration.ofSeconds(100);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TortureOptions options;
    private final Pipeline pipeline;
    private final Console console;
    private final Settings settings;
    private final Random faultsRandom;
    private final Random loadRandom;
    private final Path results;

    TortureRun(TortureOptions options, Pipeline pipeline, Console console) {
        this.options = options;
        this.pipeline = pipeline;
        this.console = console;
        Random seeds = new Random(options.seed() * 31 + pipeline.name().hashCode());
        this.settings = pipeline.possible(Settings.draw(next(seeds), options.components()));
        this.faultsRandom = next(seeds);
        this.loadRandom = next(seeds);
        this.results = options.results()
                .resolve("%s-%s-%d"
                        .formatted(
                                pipeline.name(), options.components().name().toLowerCase(Locale.ROOT), options.seed()));
    }

    private static Random next(Random seeds) {
        return new Random(seeds.nextLong());
    }

    /** Runs, and returns what happened. */
    TortureResult run() throws IOException, InterruptedException {
        empty(results);
        console.say("%s, seed %d: %s".formatted(pipeline.name(), options.seed(), settings.text()));
        try (TestDirectory directory = TestDirectory.create("torture");
                History history = new History(results.resolve("history.jsonl"), Clock.systemUTC());
                Stage stage = stage()) {
            FlumeHome home = home(directory.path().resolve("flume"));
            Site site = site(stage, directory.path());
            pipeline.prepare(home);
            create(pipeline.topics(), stage.admin());
            create(pipeline.targetTopics(), stage.target().admin());
            stage.startAgents(home, Pipeline.AGENTS, agent -> pipeline.agentFile(site, agent));
            try {
                return torture(stage, site, history);
            } finally {
                keep(home);
            }
        }
    }

    private Stage stage() {
        return pipeline.targetTopics().isEmpty()
                ? Stage.start(Pipeline.AGENTS)
                : Stage.startWithTarget(Pipeline.AGENTS);
    }

    private void create(Map<String, Integer> topics, ClusterAdmin admin) {
        topics.forEach((topic, count) -> admin.createTopic(topic, count, pipeline.topicSettings(topic, settings)));
    }

    private TortureResult torture(Stage stage, Site site, History history) throws InterruptedException {
        try (OutputWatch watch = new OutputWatch(pipeline.output(site), history);
                Load load = new Load(history, loadRandom, partitions(), settings.bodies());
                Nemesis nemesis = new Nemesis(stage, pipeline, site, faultsRandom, history)) {
            // The first output of a cold start takes longer than any stall may last.
            history.fault(START, "agents", "");
            load.start(pipeline.senders(site));
            awaitFirstOutput(stage, watch);
            history.faultEnd(START, "agents");
            Progress progress = new Progress(console, pipeline.name(), load, watch, nemesis);
            try {
                nemesis.rage(options.faultsPerPipeline());
                stage.agents().forEach(StageAgent::start);
                wait(AFTER_FAULTS);
                load.stop();
                drain(load, watch);
                stage.agents().forEach(StageAgent::stop);
            } finally {
                progress.end();
            }
            watch.finish();
            return new TortureResult(
                    pipeline.name(), settings, Checker.check(history.file(), Promises.of(pipeline, settings)));
        }
    }

    private static void awaitFirstOutput(Stage stage, OutputWatch watch) {
        try {
            Awaitility.await().atMost(FIRST_OUTPUT).until(() -> watch.delivered() > 0);
        } catch (ConditionTimeoutException nothing) {
            throw stage.agents().get(0).failure("delivered nothing within " + FIRST_OUTPUT);
        }
    }

    private int partitions() {
        return pipeline.topics().getOrDefault(pipeline.sharedTopic(), 1);
    }

    /** Waits until everything is delivered, or nothing more comes. */
    private static void drain(Load load, OutputWatch watch) {
        long[] last = {watch.delivered(), System.nanoTime()};
        Awaitility.await().atMost(DRAIN).pollInterval(SECOND).until(() -> {
            if (last[0] != watch.delivered()) {
                last[0] = watch.delivered();
                last[1] = System.nanoTime();
            }
            Duration quiet = Duration.ofNanos(System.nanoTime() - last[1]);
            return quiet.compareTo(watch.has(load.acknowledged()) ? QUIET : GIVE_UP) > 0;
        });
    }

    private static void wait(Duration duration) {
        Awaitility.await().pollDelay(duration).atMost(duration.plus(SECOND)).until(() -> true);
    }

    private FlumeHome home(Path path) {
        return options.components() == Components.FLAFKA
                ? FlumeHome.withoutStockKafka(path).install(options.plugin())
                : FlumeHome.withStockKafka(path);
    }

    private Site site(Stage stage, Path directory) {
        Map<String, Integer> ports = new TreeMap<>();
        Pipeline.AGENTS.forEach(agent -> ports.put(agent, FreePort.find()));
        return new Site(stage.brokers(), stage.target().brokers(), settings, options.components(), directory, ports);
    }

    private static void empty(Path folder) throws IOException {
        new TestDirectory(folder).close();
        Files.createDirectories(folder);
    }

    private void keep(FlumeHome home) throws IOException {
        for (Path folder : List.of(home.path().resolve("logs"), home.conf())) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.copy(file, results.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
