// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import io.flafka.testing.KafkaBroker;
import io.flafka.testing.torture.stage.Stage;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Faults of brokers. */
final class BrokerFaults {
    private static final Set<String> CLAIMS = Set.of(Fault.BROKERS);

    private final Stage stage;
    private final String group;

    /**
     * Creates them.
     *
     * @param group the consumer group whose coordinator can fail
     */
    BrokerFaults(Stage stage, String group) {
        this.stage = stage;
        this.group = group;
    }

    List<FaultKind> kinds() {
        return List.of(this::kill, this::stop, this::freeze, this::freezeCoordinator, this::freezeAll);
    }

    private Fault kill(Random random) {
        int index = random.nextInt(stage.brokers().size());
        KafkaBroker broker = stage.brokers().broker(index);
        return new Fault(
                "kill-broker", name(index), Durations.seconds(random, 1, 8), CLAIMS, broker::kill, broker::restart);
    }

    private Fault stop(Random random) {
        int index = random.nextInt(stage.brokers().size());
        KafkaBroker broker = stage.brokers().broker(index);
        return new Fault(
                "stop-broker", name(index), Durations.seconds(random, 0, 6), CLAIMS, broker::stop, broker::restart);
    }

    private Fault freeze(Random random) {
        int index = random.nextInt(stage.brokers().size());
        KafkaBroker broker = stage.brokers().broker(index);
        return new Fault(
                "freeze-broker", name(index), Durations.seconds(random, 1, 14), CLAIMS, broker::freeze, broker::thaw);
    }

    private Fault freezeCoordinator(Random random) {
        AtomicInteger chosen = new AtomicInteger(random.nextInt(stage.brokers().size()));
        return new Fault(
                "freeze-coordinator",
                group,
                Durations.seconds(random, 2, 14),
                CLAIMS,
                () -> {
                    stage.admin().coordinator(group).ifPresent(chosen::set);
                    stage.brokers().broker(chosen.get()).freeze();
                },
                () -> stage.brokers().broker(chosen.get()).thaw());
    }

    private Fault freezeAll(Random random) {
        List<KafkaBroker> all = List.of(
                stage.brokers().broker(0),
                stage.brokers().broker(1),
                stage.brokers().broker(2));
        return new Fault(
                "freeze-all-brokers",
                "all",
                Durations.seconds(random, 1, 6),
                CLAIMS,
                () -> all.forEach(KafkaBroker::freeze),
                () -> all.forEach(KafkaBroker::thaw));
    }

    private static String name(int index) {
        return "broker-" + (index + 1);
    }
}
