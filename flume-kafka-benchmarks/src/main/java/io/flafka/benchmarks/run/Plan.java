// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import io.flafka.benchmarks.report.Run;
import io.flafka.benchmarks.worker.Keys;
import io.flafka.benchmarks.worker.LoadKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The measurements to do and their durations.
 *
 * @param project the checkout
 * @param scenarios the scenarios in their order
 * @param contenders the contenders in their order
 * @param repetitions the number of repetitions
 * @param attempts the number of attempts if other processes disturb a run
 * @param warmUp the time before each window
 * @param window the time that is measured
 * @param latencyWindow the window of scenarios with one event every 20 ms
 * @param profiles the folder for a profile of each run; empty for no profiles
 */
public record Plan(
        Path project,
        List<Scenario> scenarios,
        List<Contender> contenders,
        int repetitions,
        int attempts,
        Duration warmUp,
        Duration window,
        Duration latencyWindow,
        Optional<Path> profiles) {

    // The fastest known reader, the bare consumer, must not reach the end of a topic within warm-up and window.
    private static final double SMALL_EVENTS_A_SECOND = 1_400_000;
    private static final double LARGE_EVENTS_A_SECOND = 420_000;
    private static final int LARGE = 512;
    // Larger bodies would need more memory than there is.
    private static final int VERY_LARGE = 64 * 1024;
    private static final long MOST_BYTES = 2L << 30;
    static final long IDLE_EVENTS = 100;
    // The JVM's compiler goes on for half a minute after the last event. What the pipelines cost after that is little,
    // and is measured for longer.
    private static final int IDLE_WARM_UPS = 8;
    private static final int IDLE_WINDOWS = 6;
    private static final int RECORD_LIMIT = 8 << 20;

    public Plan {
        scenarios = List.copyOf(scenarios);
        contenders = List.copyOf(contenders);
    }

    /** Returns the contenders that take part in a scenario. */
    public List<Contender> contendersOf(Scenario scenario) {
        return contenders.stream()
                .filter(contender -> scenario.name().matches(contender.scenarios()))
                .toList();
    }

    /** Returns whether these are the runs of every scenario, contender and repetition. */
    public boolean isComplete(List<Run> runs) {
        long measured = runs.stream().filter(run -> run.attempt() == 1).count();
        return measured
                == scenarios.stream()
                        .mapToLong(scenario -> (long) contendersOf(scenario).size() * repetitions)
                        .sum();
    }

    long eventsToRead(Scenario scenario) {
        if (scenario.isIdle()) {
            return IDLE_EVENTS;
        }
        double rate = scenario.body() < LARGE ? SMALL_EVENTS_A_SECOND : LARGE_EVENTS_A_SECOND;
        long events = (long)
                (rate * warmUp.plus(window).toMillis() / Duration.ofSeconds(1).toMillis());
        return scenario.body() < VERY_LARGE ? events : Math.min(events, MOST_BYTES / scenario.body());
    }

    List<String> jvmOptions(String run) {
        return profiles.map(folder ->
                        List.of("-XX:StartFlightRecording:settings=profile,filename=" + folder.resolve(run + ".jfr")))
                .orElse(List.of());
    }

    Map<String, String> job(Scenario scenario, Contender contender, Stage stage, Broker broker) {
        Map<String, String> job = new TreeMap<>(Map.of(
                Keys.LOAD, scenario.load().name(),
                Keys.BATCH, Integer.toString(scenario.batch()),
                Keys.BODY, Integer.toString(scenario.body()),
                Keys.THREADS, Integer.toString(scenario.threads()),
                Keys.KEYED, Boolean.toString(scenario.variant() == Variant.KEYED),
                Keys.WARM_UP, (scenario.isIdle() ? latencyWindow.multipliedBy(IDLE_WARM_UPS) : warmUp).toString(),
                Keys.WINDOW, window(scenario).toString(),
                Keys.AVAILABLE, Long.toString(stage.available()),
                Keys.BROKER, Long.toString(broker.pid()),
                Keys.DRIVER, Long.toString(ProcessHandle.current().pid())));
        job.put(Keys.FIRST_EVENTS, Long.toString(scenario.isIdle() ? IDLE_EVENTS * scenario.threads() : 1));
        Map<String, String> words = Map.of(
                "${brokers}", broker.bootstrap(scenario.route()),
                "${input}", stage.input(),
                "${output}", stage.output(),
                "${topic}", scenario.isIdle() ? stage.channel(Keys.NAME) : stage.input(),
                "${group}", scenario.hasPipelines() ? stage.groupOf(Keys.NAME) : stage.group(),
                "${batch}", Integer.toString(scenario.batch()),
                "${body}", Integer.toString(scenario.body()));
        contender.classes().forEach((component, name) -> job.put(component + Keys.TYPE, name));
        contender
                .settings()
                .forEach((component, settings) -> settings.forEach((name, value) ->
                        job.put(component + Keys.SETTINGS + replaced(name, words), replaced(value, words))));
        producerSettings(scenario)
                .forEach((name, value) -> contender
                        .producerPrefixes()
                        .forEach((component, prefix) -> job.put(component + Keys.SETTINGS + prefix + name, value)));
        if (scenario.isTopicToTopic()) {
            // Otherwise the topic header of a source would send each event back to its topic.
            job.put("sink" + Keys.SETTINGS + "allowTopicOverride", "false");
        }
        if (scenario.load() == LoadKind.COPY) {
            // The input has only bodies.
            job.put("channel" + Keys.SETTINGS + "parseAsFlumeEvent", "false");
        }
        return job;
    }

    private Duration window(Scenario scenario) {
        if (scenario.isIdle()) {
            return latencyWindow.multipliedBy(IDLE_WINDOWS);
        }
        return scenario.isLatency() ? latencyWindow : window;
    }

    private static Map<String, String> producerSettings(Scenario scenario) {
        Map<String, String> settings = new TreeMap<>(scenario.variant().producer());
        if (scenario.body() >= VERY_LARGE) {
            settings.put("max.request.size", Integer.toString(RECORD_LIMIT));
        }
        return settings;
    }

    private static String replaced(String value, Map<String, String> words) {
        String text = value;
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace(word.getKey(), word.getValue());
        }
        return text;
    }
}
