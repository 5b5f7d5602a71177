// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.security.SecuredBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One agent reads from a cluster as one user, and writes to another cluster as another user. */
@Tag("full")
class TwoClustersIT {

    @TempDir
    private Path directory;

    @Test
    void eachComponentLogsInToItsCluster() {
        try (SecuredServers from = new SecuredServers();
                SecuredServers to = new SecuredServers()) {
            Login reader = scram(from, ScramMechanism.SCRAM_SHA_256, "reader");
            Login writer = scram(to, ScramMechanism.SCRAM_SHA_512, "writer");
            SecuredFlow flow = new SecuredFlow("two", "two clusters", reader, reader, writer, Map.of());
            prepare(from.broker(), flow, reader);
            prepare(to.broker(), flow, writer);
            from.broker().topic(flow.in()).send("one", "two");
            FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));

            try (AgentProcess agent = AgentCommand.of(home, "a", SecuredFlow.agentFile(List.of(flow)))
                    .start()) {
                assertThat(to.broker().topic(flow.out()).readValues(2)).containsExactly("one", "two");
                agent.stop();
            }
            assertThat(from.broker().topic(flow.out()).readToEnd()).isEmpty();
        }
    }

    private static Login scram(SecuredServers servers, ScramMechanism mechanism, String user) {
        return new SaslLogins(servers, new TlsLogins(servers)).scram(mechanism, user);
    }

    /** Both clusters have all topics. */
    private static void prepare(SecuredBroker broker, SecuredFlow flow, Login login) {
        broker.createTopics(flow.topics());
        broker.allow(login.principal(), flow.rights().getOrDefault(login.principal(), Set.of()));
    }
}
