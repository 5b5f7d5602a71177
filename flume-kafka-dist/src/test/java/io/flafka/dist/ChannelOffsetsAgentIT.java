// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AccessRules;
import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The channel and the sink with equal events, and a consumer group that may not commit for a while. */
class ChannelOffsetsAgentIT {

    private static final String AGENT_FILE = """
            equal.channels = c1
            equal.sinks = k1
            equal.channels.c1.type = io.flafka.KafkaChannel
            equal.channels.c1.kafka.bootstrap.servers = %1$s
            equal.channels.c1.kafka.topic = %2$s
            equal.channels.c1.kafka.consumer.group.id = %2$s
            equal.channels.c1.kafka.commitIntervalMillis = 0
            equal.channels.c1.parseAsFlumeEvent = false
            equal.sinks.k1.type = io.flafka.KafkaSink
            equal.sinks.k1.kafka.bootstrap.servers = %1$s
            equal.sinks.k1.kafka.topic = %3$s
            equal.sinks.k1.flumeBatchSize = %4$d
            equal.sinks.k1.channel = c1
            """;

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("allow.everyone.if.no.acl.found", "true");

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int BATCH = 5;
    private static final int EVENTS = 20;

    @TempDir
    private static Path directory;

    private static FlumeHome home;

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
    }

    @Test
    void writesAllEventsWhileCommitsAreDeniedAndCommitsOnceTheyAreAllowed() throws Exception {
        TestTopic channelTopic = KAFKA.topic();
        TestTopic out = KAFKA.topic();
        String[] heartbeats = new String[EVENTS];
        Arrays.fill(heartbeats, "heartbeat");
        AgentCommand command = AgentCommand.of(
                home, "equal", AGENT_FILE.formatted(out.bootstrapServers(), channelTopic.name(), out.name(), BATCH));

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", out.bootstrapServers()));
                AgentProcess agent = command.start()) {
            allowAll(admin, out, channelTopic);
            channelTopic.send("heartbeat");
            await().atMost(PATIENCE)
                    .until(() -> channelTopic.committed(channelTopic.name()).equals(Map.of(0, 1L)));
            // The events stay in the channel until the group may not commit, because the sink may not write.
            AclBinding noWriting = acl(ResourceType.TOPIC, out.name(), AclOperation.WRITE, AclPermissionType.DENY);
            AclBinding noCommits =
                    acl(ResourceType.GROUP, channelTopic.name(), AclOperation.READ, AclPermissionType.DENY);
            AccessRules.add(admin, noWriting);
            channelTopic.send(heartbeats);
            agent.awaitLog("DeliveryFailedException: KafkaSink k1", PATIENCE);
            AccessRules.add(admin, noCommits);
            AccessRules.remove(admin, noWriting);

            await().atMost(PATIENCE).until(() -> out.sumOfEndOffsets() >= 1 + EVENTS);
            assertThat(channelTopic.committed(channelTopic.name())).isEqualTo(Map.of(0, 1L));
            AccessRules.remove(admin, noCommits);

            await().atMost(PATIENCE)
                    .until(() -> channelTopic.committed(channelTopic.name()).equals(Map.of(0, 1L + EVENTS)));
            agent.awaitLog("KafkaChannel c1: Kafka accepts its offset commits again", PATIENCE);
            assertThat(out.readToEnd())
                    .hasSize(1 + EVENTS)
                    .allSatisfy(record -> assertThat(record.value()).isEqualTo("heartbeat".getBytes(UTF_8)));
            assertThat(lines(agent, "WARN", "KafkaChannel c1")).hasSize(1);
        }
    }

    /** Allows everything first, because Kafka denies access to any resource that has ACLs unless one allows it. */
    private static void allowAll(Admin admin, TestTopic topic, TestTopic group) throws Exception {
        AccessRules.add(
                admin,
                acl(ResourceType.TOPIC, topic.name(), AclOperation.ALL, AclPermissionType.ALLOW),
                acl(ResourceType.GROUP, group.name(), AclOperation.ALL, AclPermissionType.ALLOW));
    }

    private static List<String> lines(AgentProcess agent, String level, String component) {
        return Stream.of(agent.log().split("\n"))
                .filter(line -> line.contains(level) && line.contains(component))
                .toList();
    }

    private static AclBinding acl(
            ResourceType type, String name, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, permission));
    }
}
