// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.connect;

import io.flafka.check.rule.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;

/** TLS, login, and the addresses under which the brokers want to be called: {@code advertised.listeners}. */
final class ClusterStep implements Step {

    @Override
    public String title() {
        return "TLS, login, advertised addresses";
    }

    @Override
    public List<Finding> run(KafkaUse use, Admin admin) {
        Collection<Node> brokers = KafkaAnswer.of(admin.describeCluster().nodes());
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.note(
                use.component(),
                "connected as " + use.access().user() + "; the cluster has " + brokers.size()
                        + (brokers.size() == 1 ? " broker" : " brokers")));
        for (Node broker : brokers) {
            new Port(broker.host(), broker.port())
                    .obstacle()
                    .map(obstacle -> Finding.error(
                            use.component(),
                            "broker " + broker.idString() + " says that its address is " + obstacle
                                    + ", or set advertised.listeners on the broker to an address that is known here"))
                    .ifPresent(findings::add);
        }
        return findings;
    }
}
