// SPDX-License-Identifier: Apache-2.0
package io.flafka.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AccessFault;
import io.flafka.testing.AccessRules;
import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.ScramListener;
import io.flafka.testing.TestTopic;
import io.flafka.testing.TlsListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How far {@code --connect} comes, and what it says about the first obstacle. */
@Timeout(120)
class ConnectIT {

    private static final ScramListener SCRAM = new ScramListener();
    private static final TlsListener TLS = new TlsListener();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with(SCRAM)
            .with(TLS)
            .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("allow.everyone.if.no.acl.found", "true");

    private static final String ANONYMOUS = "user 'ANONYMOUS', which does not log in (PLAINTEXT)";
    private static final String SOURCE = "agent.properties:3: ";
    private static final String NOT_TRIED = "note: a1.sources.r1: not tried because of that: ";
    private static final String LATER_STEPS = NOT_TRIED + "topics and rights on them; group, offsets and lag";

    private static final String ALL_COMPONENTS = """
            a1.sources = r1
            a1.channels = c1
            a1.sinks = k1
            a1.sources.r1.type = io.flafka.KafkaSource
            a1.sources.r1.kafka.bootstrap.servers = %1$s
            a1.sources.r1.kafka.topics = %2$s
            a1.sources.r1.kafka.consumer.group.id = %2$s
            a1.sources.r1.channels = c1
            a1.channels.c1.type = io.flafka.KafkaChannel
            a1.channels.c1.kafka.bootstrap.servers = %1$s
            a1.channels.c1.kafka.topic = %3$s
            a1.channels.c1.kafka.consumer.group.id = new-%3$s
            a1.sinks.k1.type = io.flafka.KafkaSink
            a1.sinks.k1.kafka.bootstrap.servers = %1$s
            a1.sinks.k1.kafka.topic = missing-%3$s
            a1.sinks.k1.channel = c1
            """;

    @TempDir
    private Path directory;

    private final TestTopic topic = KAFKA.topic(2);

    @AfterAll
    static void removeFiles() {
        TLS.close();
    }

    private List<String> connect(String agentFile) throws IOException {
        Path file = Files.writeString(directory.resolve("agent.properties"), agentFile, UTF_8);
        return CommandRun.of(file, "--connect").output().lines().toList();
    }

    private List<String> connectSource(String brokers, Map<String, String> properties) throws IOException {
        return connect(source(brokers, properties)).stream()
                .filter(line -> line.startsWith(SOURCE))
                .map(line -> line.substring(SOURCE.length()))
                .toList();
    }

    private String source(String brokers, Map<String, String> properties) {
        return """
                a1.sources = r1
                a1.channels = c1
                a1.sources.r1.type = io.flafka.KafkaSource
                a1.sources.r1.channels = c1
                a1.channels.c1.type = memory
                a1.sources.r1.batchSize = 100
                a1.sources.r1.kafka.bootstrap.servers = %s
                a1.sources.r1.kafka.consumer.group.id = %s
                """.formatted(brokers, topic.name())
                + (properties.containsKey("kafka.topics.regex")
                        ? ""
                        : "a1.sources.r1.kafka.topics = " + topic.name() + "\n")
                + properties.entrySet().stream()
                        .map(property -> "a1.sources.r1." + property.getKey() + " = " + property.getValue() + "\n")
                        .collect(Collectors.joining());
    }

    @Test
    void tellsTopicsRightsGroupAndLagOfEachComponent() throws Exception {
        topic.send(List.of(topic.record(0, "a"), topic.record(0, "b"), topic.record(1, "c")));
        topic.commit(topic.name(), Map.of(0, 1L));
        TestTopic stored = KAFKA.topic();
        List<String> lines = connect(ALL_COMPONENTS.formatted(KAFKA.bootstrapServers(), topic.name(), stored.name()));

        String connected = ": connected as " + ANONYMOUS + "; the cluster has 1 broker";
        assertThat(lines)
                .containsExactly(
                        "agent.properties:4: note: a1.sources.r1" + connected,
                        "agent.properties:4: note: a1.sources.r1: topic %s: 2 partitions; %s may read it"
                                .formatted(topic.name(), ANONYMOUS),
                        "agent.properties:4: note: a1.sources.r1: group %1$s: 0 members; lag 1 (%1$s-0: 1); without a committed offset: %1$s-1"
                                .formatted(topic.name()),
                        "agent.properties:9: note: a1.channels.c1" + connected,
                        "agent.properties:9: note: a1.channels.c1: topic %s: 1 partition; %s may read and write it"
                                .formatted(stored.name(), ANONYMOUS),
                        "agent.properties:9: note: a1.channels.c1: group new-%s is new: it starts at auto.offset.reset = earliest. Whether %s may use it shows only then"
                                .formatted(stored.name(), ANONYMOUS),
                        "agent.properties:13: note: a1.sinks.k1" + connected,
                        "agent.properties:13: warning: a1.sinks.k1: topic missing-%s is not there: create it, or allow %s to describe it (ACL operation Describe)"
                                .formatted(stored.name(), ANONYMOUS),
                        "agent.properties: no errors, 1 warning");
    }

    @Test
    void stopsAtANameOrAPortThatDoesNotAnswer() throws Exception {
        String nobody = "127.0.0.1:" + FreePort.find();

        assertThat(connectSource("no-such-host.invalid:9092," + nobody, Map.of()))
                .containsExactly(
                        "error: a1.sources.r1: no-such-host.invalid:9092: the name no-such-host.invalid is not known here; check its"
                                + " spelling, DNS and /etc/hosts",
                        "error: a1.sources.r1: " + nobody
                                + ": the name is known (127.0.0.1), but no connection is possible (Connection refused); check the"
                                + " port, and that the broker runs",
                        NOT_TRIED
                                + "TLS, login, advertised addresses; topics and rights on them; group, offsets and lag");
        assertThat(connectSource(nobody + "," + KAFKA.bootstrapServers(), Map.of()))
                .hasSize(4)
                .first()
                .asString()
                .startsWith("warning: a1.sources.r1: " + nobody);
    }

    @Test
    void takesNoNoticeOfTheComponentsOwnPatience() throws Exception {
        assertThat(connectSource(KAFKA.bootstrapServers(), Map.of("kafka.client.request.timeout.ms", "60000")))
                .hasSize(3)
                .allMatch(line -> line.startsWith("note: "));
    }

    @Test
    void aChannelWithoutASourceNeedsNoRightToWrite() throws Exception {
        String channel = """
                a1.channels = c1
                a1.sinks = k1
                a1.channels.c1.type = io.flafka.KafkaChannel
                a1.channels.c1.kafka.bootstrap.servers = %1$s
                a1.channels.c1.kafka.topic = %2$s
                a1.sinks.k1.type = null
                a1.sinks.k1.channel = c1
                """.formatted(KAFKA.bootstrapServers(), topic.name());

        assertThat(connect(channel)).element(1).asString().endsWith(" may read it");
        assertThat(connect(channel.replace("sinks", "sources").replace("k1.channel ", "k1.channels ")))
                .element(1)
                .asString()
                .endsWith(" may write to it");
    }

    @Test
    void stopsAtAPortThatNeedsTls() throws Exception {
        assertThat(connectSource(TLS.bootstrapServers(), Map.of()))
                .containsExactly(
                        "error: a1.sources.r1: " + TLS.bootstrapServers()
                                + " speaks TLS, and this client has security.protocol = PLAINTEXT: set kafka.client.security.protocol"
                                + " = SSL, or SASL_SSL if clients must log in",
                        LATER_STEPS);
    }

    @Test
    void stopsAtACertificateThatIsNotTrusted() throws Exception {
        AccessFault untrusted = TLS.untrustedCertificate(KAFKA.cluster(), KAFKA.broker());
        untrusted.begin();
        assertThat(connectSource(untrusted.bootstrapServers(), untrusted.clientProperties("kafka.client.")))
                .hasSize(2)
                .endsWith(LATER_STEPS)
                .first()
                .asString()
                .startsWith(
                        "error: a1.sources.r1: TCP connection possible, but no TLS connection to kafka.bootstrap.servers="
                                + TLS.bootstrapServers());

        untrusted.repair();
        assertThat(connectSource(untrusted.bootstrapServers(), untrusted.clientProperties("kafka.client.")))
                .hasSize(3)
                .allMatch(line -> line.startsWith("note: "));
    }

    @Test
    void stopsAtARefusedLogin() throws Exception {
        AccessFault missing = SCRAM.missingUser(KAFKA.cluster());
        missing.begin();
        assertThat(connectSource(missing.bootstrapServers(), missing.clientProperties("kafka.client.")))
                .hasSize(2)
                .endsWith(LATER_STEPS)
                .first()
                .asString()
                .startsWith("error: a1.sources.r1: TCP connection possible, but kafka.bootstrap.servers="
                        + SCRAM.bootstrapServers() + " rejects the login of user 'u-")
                .endsWith("check kafka.client.sasl.jaas.config, and that the brokers know this user");
    }

    @Test
    void namesAMissingRight() throws Exception {
        // Brokers tell rights only on a group that is there.
        topic.commit(topic.name(), Map.of(0, 0L));
        AclBinding[] rules = {
            rule(ResourceType.TOPIC, AclOperation.READ, AclPermissionType.DENY),
            rule(ResourceType.TOPIC, AclOperation.DESCRIBE, AclPermissionType.ALLOW),
            rule(ResourceType.GROUP, AclOperation.READ, AclPermissionType.DENY),
            rule(ResourceType.GROUP, AclOperation.DESCRIBE, AclPermissionType.ALLOW)
        };
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            AccessRules.add(admin, rules);

            assertThat(connectSource(KAFKA.bootstrapServers(), Map.of()))
                    .hasSize(3)
                    .endsWith(NOT_TRIED + "group, offsets and lag")
                    .element(1)
                    .asString()
                    .startsWith("error: a1.sources.r1: topic " + topic.name() + ": ")
                    .endsWith("; allow " + ANONYMOUS + " the ACL operation Read on topic " + topic.name());

            AccessRules.remove(admin, rules[0]);
            AccessRules.add(admin, rule(ResourceType.TOPIC, AclOperation.READ, AclPermissionType.ALLOW));

            assertThat(connectSource(KAFKA.bootstrapServers(), Map.of()))
                    .hasSize(3)
                    .last()
                    .asString()
                    .startsWith("error: a1.sources.r1: group " + topic.name() + ": ")
                    .endsWith("; allow " + ANONYMOUS + " the ACL operation Read on group " + topic.name());
        }
    }

    private AclBinding rule(ResourceType type, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(type, topic.name(), PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", operation, permission));
    }

    @Test
    void findsTheTopicsOfAPattern() throws Exception {
        assertThat(connectSource(KAFKA.bootstrapServers(), Map.of("kafka.topics.regex", topic.name() + "|x")))
                .element(1)
                .isEqualTo("note: a1.sources.r1: topic %s: 2 partitions; %s may read it"
                        .formatted(topic.name(), ANONYMOUS));
        assertThat(connectSource(KAFKA.bootstrapServers(), Map.of("kafka.topics.regex", "no-" + topic.name())))
                .element(1)
                .isEqualTo("warning: a1.sources.r1: no topic that " + ANONYMOUS + " may describe matches no-"
                        + topic.name() + ": create one, or allow the ACL operation Describe");
    }

    @Test
    void doesNotTryWhatCannotWork() throws Exception {
        assertThat(connectSource(KAFKA.bootstrapServers(), Map.of("kafka.consumer.isolation.level", "none")))
                .containsExactly("warning: a1.sources.r1: no connection was tried: its properties have errors");
        assertThat(connectSource(KAFKA.bootstrapServers(), Map.of("kafka.client.ssl.key.password", "${vault['key']}")))
                .containsExactly(
                        "warning: a1.sources.r1: no connection was tried: kafka.client.ssl.key.password has a value that only the"
                                + " agent knows; if it is a variable of the environment, set it here too");
        assertThat(connectSource(
                        KAFKA.bootstrapServers(),
                        Map.of(
                                "kafka.client.security.protocol",
                                "SSL",
                                "kafka.client.ssl.truststore.location",
                                "/no/such/file.jks")))
                .first()
                .asString()
                .startsWith("error: a1.sources.r1: ")
                .contains("/no/such/file.jks");
    }
}
