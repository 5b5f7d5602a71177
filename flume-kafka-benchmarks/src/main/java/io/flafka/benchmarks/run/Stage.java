// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import io.flafka.benchmarks.report.Run;
import io.flafka.benchmarks.run.Scenario.Route;
import io.flafka.benchmarks.run.Topics.Form;
import io.flafka.benchmarks.run.Topics.Full;
import io.flafka.benchmarks.run.Worker.FailedException;
import io.flafka.benchmarks.worker.LoadKind;
import java.io.IOException;
import java.util.Map;

/**
 * The topics of one run, and the check that no event is missing.
 *
 * @param scenario the scenario
 * @param topics the topics of the measurement
 * @param input the topic to read; shared with other runs if it is filled before
 * @param output the topic to write to
 * @param group the consumer group, used once
 * @param available the number of events that can be read
 */
record Stage(Scenario scenario, Topics topics, String input, String output, String group, long available) {

    static Stage of(Scenario scenario, Topics topics, String group, Plan plan) {
        if (!scenario.readsFullTopic()) {
            String topic = topics.create();
            return new Stage(scenario, topics, topic, topic, group, Long.MAX_VALUE);
        }
        Form form = scenario.load() == LoadKind.TAKE ? Form.FLUME : Form.RAW;
        Full full = topics.full(form, scenario.body(), plan.eventsToRead(scenario));
        String output = scenario.load() == LoadKind.PIPE ? topics.create() : full.name();
        return new Stage(scenario, topics, full.name(), output, group, full.events());
    }

    Worker.Output run(Worker worker, Map<String, String> job, Broker broker) throws IOException, FailedException {
        if (scenario.load() != LoadKind.SOURCE_LATENCY) {
            return worker.run(job);
        }
        try (Pulse pulse = Pulse.into(input, scenario.body(), broker.bootstrap(Route.DIRECT))) {
            return pulse.during(() -> worker.run(job));
        }
    }

    /** Compares the component's count with Kafka's. */
    Run.Check check(Map<String, Double> figures) {
        long counted = figures.getOrDefault("total", 0.0).longValue();
        return switch (scenario.load()) {
            case SINK, PUT -> new Run.Check(counted, topics.countRecords(output));
            case SOURCE, TAKE, SOURCE_LATENCY -> new Run.Check(counted, topics.committed(group, input));
            case CHANNEL_LATENCY -> new Run.Check(counted, topics.countRecords(output));
            case PIPE -> new Run.Check(topics.committed(group, input), topics.countRecords(output));
        };
    }

    /** Deletes the run's own topics to free their memory. */
    void clear() {
        if (!scenario.readsFullTopic() || !output.equals(input)) {
            topics.delete(output);
        }
    }
}
