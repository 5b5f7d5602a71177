// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import io.flafka.testing.torture.stage.ClusterAdmin;
import io.flafka.testing.torture.stage.Stage;
import io.flafka.testing.torture.stage.StageAgent;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** Brokers refuse an agent: rights are taken away and given back, passwords change. */
final class AccessFaults {
    private final Stage stage;

    AccessFaults(Stage stage) {
        this.stage = stage;
    }

    /** Returns those in which an agent must not write a topic of the cluster that it delivers to. */
    List<FaultKind> writing(String topic) {
        ClusterAdmin target = stage.target().admin();
        return List.of(random -> denial("deny-write", random, target, ResourceType.TOPIC, topic, AclOperation.WRITE));
    }

    /** Returns those in which an agent must not read a topic, or with a group. */
    List<FaultKind> reading(String topic, String group) {
        ClusterAdmin admin = stage.admin();
        return List.of(
                random -> denial("deny-read", random, admin, ResourceType.TOPIC, topic, AclOperation.READ),
                random -> denial("deny-group", random, admin, ResourceType.GROUP, group, AclOperation.READ));
    }

    /** Returns those in which an agent cannot log in. */
    List<FaultKind> logins() {
        return List.of(this::password);
    }

    private Fault denial(
            String kind, Random random, ClusterAdmin admin, ResourceType type, String name, AclOperation operation) {
        String agent = agent(random);
        return new Fault(
                kind,
                agent + "-" + name,
                Durations.seconds(random, 1, 9),
                Set.of("rights-of-" + agent),
                () -> admin.deny(type, name, agent, operation),
                () -> admin.allow(type, name, agent, operation));
    }

    private Fault password(Random random) {
        String agent = agent(random);
        return new Fault(
                "change-password",
                agent,
                Durations.seconds(random, 4, 12),
                Set.of("rights-of-" + agent),
                () -> stage.admin().changePassword(agent),
                () -> stage.admin().restorePassword(agent));
    }

    private String agent(Random random) {
        List<StageAgent> agents = stage.agents();
        return agents.get(random.nextInt(agents.size())).name();
    }
}
