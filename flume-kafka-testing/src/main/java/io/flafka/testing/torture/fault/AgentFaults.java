// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import io.flafka.testing.torture.stage.Stage;
import io.flafka.testing.torture.stage.StageAgent;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Faults of agents. */
final class AgentFaults {
    /** Flume looks at its file every 30 s. */
    private static final Duration UNTIL_RELOADED = Duration.ofSeconds(35);

    /** Every write fails. If a part of one is written, Flume's file channel cannot be read any more. */
    private static final long NOTHING = 1;

    private final Stage stage;

    AgentFaults(Stage stage) {
        this.stage = stage;
    }

    List<FaultKind> kinds() {
        return List.of(this::kill, this::kill, this::stop, this::freeze);
    }

    /** Returns the reload of an agent file, which takes up to half a minute. */
    List<FaultKind> reloads() {
        return List.of(this::reload);
    }

    /** Returns those of agents that store events in files. */
    List<FaultKind> kindsWithFiles() {
        return List.of(this::fillDisk);
    }

    private Fault kill(Random random) {
        return fault("kill-agent", random, Durations.seconds(random, 0, 12), StageAgent::kill, StageAgent::start);
    }

    private Fault stop(Random random) {
        return fault("stop-agent", random, Durations.seconds(random, 0, 6), StageAgent::stop, StageAgent::start);
    }

    private Fault freeze(Random random) {
        return fault("freeze-agent", random, Durations.seconds(random, 1, 18), StageAgent::freeze, StageAgent::thaw);
    }

    private Fault fillDisk(Random random) {
        return fault(
                "full-disk",
                random,
                Durations.seconds(random, 1, 8),
                agent -> agent.fillDisk(NOTHING),
                AgentFaults::restartWithFreeDisk);
    }

    /** Flume's file channel closes when its disk is full, and works again after a restart of the agent. */
    private static void restartWithFreeDisk(StageAgent agent) {
        agent.freeDisk();
        agent.stop();
        agent.start();
    }

    private Fault fault(
            String kind, Random random, Duration hold, Consumer<StageAgent> begin, Consumer<StageAgent> end) {
        StageAgent agent = pick(random);
        return new Fault(
                kind, agent.name(), hold, Set.of(agent.name()), () -> begin.accept(agent), () -> end.accept(agent));
    }

    private Fault reload(Random random) {
        StageAgent agent = pick(random);
        return new Fault(
                "reload-agent",
                agent.name(),
                UNTIL_RELOADED,
                Set.of("file-of-" + agent.name()),
                agent::rewriteFile,
                () -> {});
    }

    private StageAgent pick(Random random) {
        return stage.agents().get(random.nextInt(stage.agents().size()));
    }
}
