// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import io.flafka.testing.Link;
import io.flafka.testing.torture.stage.Stage;
import io.flafka.testing.torture.stage.StageAgent;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Faults of the network between an agent and the brokers. */
final class LinkFaults {
    private static final int LONGEST_DELAY_MILLIS = 250;

    private final Stage stage;

    LinkFaults(Stage stage) {
        this.stage = stage;
    }

    List<FaultKind> kinds() {
        return List.of(this::cut, this::cutAll, this::delay, this::reset);
    }

    private Fault cut(Random random) {
        String agent = agent(random);
        int broker = random.nextInt(stage.brokers().size());
        Link link = stage.brokers().links(agent).get(broker);
        return new Fault(
                "cut-link",
                agent + "-broker-" + (broker + 1),
                Durations.seconds(random, 1, 12),
                claims(agent),
                link::cut,
                link::heal);
    }

    private Fault cutAll(Random random) {
        String agent = agent(random);
        List<Link> all = stage.brokers().links(agent);
        return new Fault(
                "cut-agent",
                agent,
                Durations.seconds(random, 1, 14),
                claims(agent),
                () -> all.forEach(Link::cut),
                () -> all.forEach(Link::heal));
    }

    private Fault delay(Random random) {
        String agent = agent(random);
        List<Link> all = stage.brokers().links(agent);
        Duration each = Duration.ofMillis(1 + random.nextInt(LONGEST_DELAY_MILLIS));
        return new Fault(
                "delay-links",
                agent,
                Durations.seconds(random, 3, 15),
                claims(agent),
                () -> all.forEach(link -> link.delay(each)),
                () -> all.forEach(Link::heal));
    }

    private Fault reset(Random random) {
        String agent = agent(random);
        Link link =
                stage.brokers().links(agent).get(random.nextInt(stage.brokers().size()));
        return Fault.instant("reset-link", agent, claims(agent), link::reset);
    }

    private static Set<String> claims(String agent) {
        return Set.of("links-of-" + agent);
    }

    private String agent(Random random) {
        List<StageAgent> agents = stage.agents();
        return agents.get(random.nextInt(agents.size())).name();
    }
}
