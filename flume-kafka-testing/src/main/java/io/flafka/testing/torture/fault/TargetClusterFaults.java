// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import io.flafka.testing.KafkaBroker;
import io.flafka.testing.Link;
import io.flafka.testing.torture.stage.Brokers;
import io.flafka.testing.torture.stage.Stage;
import io.flafka.testing.torture.stage.StageAgent;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The cluster that agents deliver to is gone as a whole, for all of them or for one, while their own goes on. */
final class TargetClusterFaults {
    private static final int LONGEST_SECONDS = 25;

    private final Stage stage;
    private final Brokers brokers;

    TargetClusterFaults(Stage stage) {
        this.stage = stage;
        this.brokers = stage.target().brokers();
    }

    List<FaultKind> kinds() {
        KafkaBroker broker = brokers.broker(0);
        return List.of(
                random -> fault("kill-target", random, broker::kill, broker::restart),
                random -> fault("stop-target", random, broker::stop, broker::restart),
                random -> fault("freeze-target", random, broker::freeze, broker::thaw),
                this::cut);
    }

    private static Fault fault(String kind, Random random, Runnable begin, Runnable end) {
        return new Fault(kind, "target", Durations.seconds(random, 2, LONGEST_SECONDS), Set.of("target"), begin, end);
    }

    private Fault cut(Random random) {
        List<StageAgent> agents = stage.agents();
        String agent = agents.get(random.nextInt(agents.size())).name();
        List<Link> links = brokers.links(agent);
        return new Fault(
                "cut-target",
                agent,
                Durations.seconds(random, 2, LONGEST_SECONDS),
                Set.of("target"),
                () -> links.forEach(Link::cut),
                () -> links.forEach(Link::heal));
    }
}
