// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentMetrics;
import io.flafka.testing.AgentProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An agent that is replaced as an operator does it: stop, run {@code bin/takeover} in its home, start with the same
 * agent file. For one thread.
 */
final class RollingAgent implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern JOINED = Pattern.compile(
            "groupId=(\\S+)\\] Successfully joined group with generation Generation\\{generationId=(\\d+)");

    private final AgentCommand command;
    private final List<AgentProcess> runs = new ArrayList<>();

    /** Starts the agent without waiting. */
    RollingAgent(AgentCommand command) {
        this.command = command.withMetrics();
        runs.add(this.command.launch());
    }

    /** Waits until both the agent's source and its sink have moved events. */
    void awaitMoving() {
        // The agent serves its counters some time after the start, and not all at once.
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> {
                    AgentMetrics metrics = current().metrics();
                    assertThat(metrics.counter("SOURCE.r", "EventAcceptedCount"))
                            .isPositive();
                    assertThat(metrics.counter("SINK.k", "EventDrainSuccessCount"))
                            .isPositive();
                });
    }

    /** Stops the agent, runs the script with these options, starts the agent again and waits until it moves events. */
    void takeOverAndRestart(String... options) throws IOException, InterruptedException {
        current().stop();
        PluginScript takeover = PluginScript.at(command.home().plugins().resolve("flume-kafka/bin/takeover"));
        assertThat(takeover.run(options).exitCode()).isZero();
        runs.add(command.launch());
        awaitMoving();
    }

    void stop() {
        current().stop();
    }

    /** Returns the versions of Kafka's client that the agent has used, one per run. */
    List<String> kafkaVersions() {
        return runs.stream().map(RollingAgent::kafkaVersion).toList();
    }

    /** Returns the generation of the group when the agent last joined it, which is its number of rebalances. */
    int rebalances(String group) {
        return runs.stream()
                .flatMap(run -> JOINED.matcher(run.log()).results())
                .filter(joined -> joined.group(1).equals(group))
                .mapToInt(joined -> Integer.parseInt(joined.group(2)))
                .max()
                .orElse(0);
    }

    private AgentProcess current() {
        return runs.get(runs.size() - 1);
    }

    private static String kafkaVersion(AgentProcess run) {
        List<String> versions = Pattern.compile("Kafka version: (\\S+)")
                .matcher(run.log())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
        return String.join(" and ", versions);
    }

    @Override
    public void close() {
        current().close();
    }
}
