// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import io.flafka.benchmarks.report.Run;
import io.flafka.benchmarks.run.Scenario.Route;
import io.flafka.benchmarks.run.Topics.Form;
import io.flafka.benchmarks.run.Topics.Full;
import io.flafka.benchmarks.run.Topics.Input;
import io.flafka.benchmarks.run.Worker.FailedException;
import io.flafka.benchmarks.worker.Keys;
import io.flafka.benchmarks.worker.LoadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The topics of one run, and the check that no event is missing.
 *
 * @param scenario the scenario
 * @param topics the topics of the measurement
 * @param input the topic to read; shared with other runs if it is filled before
 * @param output the topic to write to
 * @param group the consumer group, used once
 * @param available the number of events that can be read
 * @param before the number of records in the output before the run
 */
record Stage(Scenario scenario, Topics topics, String input, String output, String group, long available, long before) {

    static Stage of(Scenario scenario, Topics topics, String group, Plan plan) {
        if (scenario.isLatency()) {
            return ofOneTopic(scenario, topics, topics.create(scenario.partitions()), group);
        }
        if (!scenario.readsFullTopic()) {
            return ofOneTopic(scenario, topics, topics.createOpened(scenario.partitions()), group);
        }
        Full full = topics.full(inputOf(scenario, plan));
        Stage stage = new Stage(
                scenario,
                topics,
                full.name(),
                output(scenario, topics, full, group),
                group,
                available(scenario, full),
                0);
        stage.channels().forEach(channel -> topics.create(channel, scenario.partitions()));
        return stage;
    }

    /** Returns what the topic contains that a scenario reads, if it is filled before. */
    static Optional<Input> filledInputOf(Scenario scenario, Plan plan) {
        return scenario.readsFullTopic() ? Optional.of(inputOf(scenario, plan)) : Optional.empty();
    }

    private static Input inputOf(Scenario scenario, Plan plan) {
        Form form = scenario.load() == LoadKind.TAKE ? Form.FLUME : Form.RAW;
        return new Input(form, scenario.body(), scenario.partitions(), plan.eventsToRead(scenario));
    }

    private static Stage ofOneTopic(Scenario scenario, Topics topics, String topic, String group) {
        long before = topics.counts().written(topic);
        return new Stage(scenario, topics, topic, topic, group, Long.MAX_VALUE, before);
    }

    private static long available(Scenario scenario, Full full) {
        if (scenario.isIdle()) {
            return Long.MAX_VALUE;
        }
        return scenario.hasPipelines() ? full.events() * scenario.threads() : full.events();
    }

    private static String output(Scenario scenario, Topics topics, Full full, String group) {
        return switch (scenario.load()) {
            case PIPE, IDLE -> topics.create(scenario.partitions());
            // MirrorMaker's name for it, if the input's cluster has the group's name.
            case COPY -> topics.create(group + "." + full.name(), scenario.partitions());
            default -> full.name();
        };
    }

    Worker.Output run(Worker worker, Map<String, String> job, Broker broker) throws IOException, FailedException {
        return switch (scenario.load()) {
            case SOURCE_LATENCY -> runWithPulse(worker, job, broker);
            case COPY -> runWithWatch(worker, job);
            default -> worker.run(job);
        };
    }

    private Worker.Output runWithPulse(Worker worker, Map<String, String> job, Broker broker)
            throws IOException, FailedException {
        try (Pulse pulse = Pulse.into(input, scenario.body(), broker.bootstrap(Route.DIRECT))) {
            return pulse.during(() -> worker.run(job));
        }
    }

    private Worker.Output runWithWatch(Worker worker, Map<String, String> job) throws IOException, FailedException {
        Path file = Files.createDirectories(worker.directory()).resolve(Keys.READABLE);
        Map<String, String> watched = new TreeMap<>(job);
        watched.put(Keys.READABLE, file.toString());
        try (OutputWatch watch = OutputWatch.of(() -> topics.counts().readable(output), file)) {
            return watch.during(() -> worker.run(watched));
        }
    }

    /** Compares the component's count with Kafka's. */
    Run.Check check(Map<String, Double> figures) {
        Counts counts = topics.counts();
        long counted = figures.getOrDefault("total", 0.0).longValue();
        return switch (scenario.load()) {
            case SINK, PUT, CHANNEL_LATENCY -> new Run.Check(counted, counts.written(output) - before);
            case SOURCE, TAKE, SOURCE_LATENCY -> new Run.Check(counted, counts.committed(group, input));
            case PIPE -> new Run.Check(committedByPipelines(), counts.written(output));
            case IDLE -> new Run.Check(Plan.IDLE_EVENTS * scenario.threads(), counts.written(output));
            case COPY -> new Run.Check(counts.committed(group, input), counts.committedRecords(output));
        };
    }

    /** Each source of several pipelines reads the whole input. */
    private long committedByPipelines() {
        return IntStream.range(0, scenario.threads())
                .mapToLong(number -> topics.counts().committed(groupOf("source-" + number), input))
                .sum();
    }

    /** Returns the group of one of several components. */
    String groupOf(String name) {
        return group + "-" + name;
    }

    /** Returns the topic of one of several channels. */
    String channel(String name) {
        return output + "-of-" + name;
    }

    private List<String> channels() {
        return IntStream.range(0, scenario.isIdle() ? scenario.threads() : 0)
                .mapToObj(number -> channel("channel-" + number))
                .toList();
    }

    /** Deletes the run's own topics to free their memory. */
    void clear() {
        List<String> own = new ArrayList<>(channels());
        if (!scenario.readsFullTopic() || !output.equals(input)) {
            own.add(output);
        }
        topics.delete(own);
    }
}
