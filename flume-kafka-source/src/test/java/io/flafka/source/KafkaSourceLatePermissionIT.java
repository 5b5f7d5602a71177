// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.consume.IdleConsumerReport;
import io.flafka.testing.AccessRules;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.flume.channel.MemoryChannel;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source gets its permission for a topic while it runs: it reads the topic soon after, and never logs that other members have its partitions. */
@Timeout(120)
class KafkaSourceLatePermissionIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("allow.everyone.if.no.acl.found", "true");

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String HEARTBEAT_LOGGER =
            "org.apache.kafka.clients.consumer.internals.ConsumerHeartbeatRequestManager";
    private static final int ATTEMPTS = 5;

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final MemoryChannel channel = RunningSource.channel(10_000);

    @AfterEach
    void stopChannel() {
        channel.stop();
    }

    @ParameterizedTest
    @CsvSource({"kafka.topics, classic", "kafka.topics, consumer", "kafka.topics.regex, classic"})
    void aTopicThatIsAuthorizedLaterIsReadSoon(String property, String protocol) throws Exception {
        TestTopic topic = KAFKA.topic();
        topic.send("a", "b");
        AclBinding denial = acl(topic, "User:ANONYMOUS", AclPermissionType.DENY);
        // If a topic has ACLs, a user that none of them names is denied.
        AclBinding everyone = acl(topic, "User:*", AclPermissionType.ALLOW);
        Map<String, String> properties =
                new HashMap<>(Map.of(property, topic.name(), "kafka.consumer.group.protocol", protocol));

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()));
                LogLines log = new LogLines(IdleConsumerReport.class);
                LogLines stall = new LogLines(StallReport.class)) {
            AccessRules.add(admin, denial, everyone);
            try (RunningSource running = RunningSource.start(name, channel, topic.bootstrapServers(), properties)) {
                Awaitility.await()
                        .atMost(TIMEOUT)
                        .until(() -> !log.lines().isEmpty() || !stall.lines().isEmpty());
                AccessRules.remove(admin, denial);

                assertThat(RunningSource.bodies(running.take(2))).containsExactly("a", "b");
            }
            assertThat(log.lines()).noneMatch(line -> line.contains("other members"));
            // It logs that it resumed at most once: not before it does.
            assertThat(stall.lines())
                    .filteredOn(line -> line.contains("resumed"))
                    .hasSizeLessThan(2);
        }
    }

    /** With group.protocol=consumer Kafka's client alone would send a heartbeat after every refusal: hundreds of ERROR lines per second. */
    @Test
    void anUnauthorizedTopicDoesNotFloodTheLog() throws Exception {
        TestTopic topic = KAFKA.topic();
        Map<String, String> properties =
                Map.of("kafka.topics", topic.name(), "kafka.consumer.group.protocol", "consumer");

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()));
                LogLines heartbeats = new LogLines(HEARTBEAT_LOGGER);
                LogLines stall = new LogLines(StallReport.class)) {
            AccessRules.add(admin, acl(topic, "User:ANONYMOUS", AclPermissionType.DENY));
            try (RunningSource running = RunningSource.start(name, channel, topic.bootstrapServers(), properties)) {
                Awaitility.await().atMost(TIMEOUT).until(() -> running.counter("GenericProcessingFail") >= 2);
                int before = heartbeats.lines().size();
                Awaitility.await()
                        .atMost(TIMEOUT)
                        .until(() -> running.counter("GenericProcessingFail") >= 2 + ATTEMPTS);

                assertThat(heartbeats.lines()).hasSize(before);
                // The first message of Kafka's client may name no topic.
                assertThat(stall.lines())
                        .hasSizeLessThan(3)
                        .allMatch(line -> line.contains("cannot read: TopicAuthorizationException: "))
                        .last()
                        .asString()
                        .contains("[" + topic.name() + "]");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"classic", "consumer"})
    void namesTheTopicsThatAreStillUnauthorized(String protocol) throws Exception {
        TestTopic first = KAFKA.topic();
        TestTopic second = KAFKA.topic();
        Map<String, String> properties =
                Map.of("kafka.topics", first.name() + "," + second.name(), "kafka.consumer.group.protocol", protocol);
        AclBinding denial = acl(first, "User:ANONYMOUS", AclPermissionType.DENY);

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", first.bootstrapServers()));
                LogLines stall = new LogLines(StallReport.class)) {
            AccessRules.add(
                    admin,
                    denial,
                    acl(first, "User:*", AclPermissionType.ALLOW),
                    acl(second, "User:ANONYMOUS", AclPermissionType.DENY));
            try (RunningSource running = RunningSource.start(name, channel, first.bootstrapServers(), properties)) {
                Awaitility.await().atMost(TIMEOUT).until(() -> running.counter("GenericProcessingFail") > 0);

                AccessRules.remove(admin, denial);

                Awaitility.await()
                        .atMost(TIMEOUT)
                        .until(() -> stall.lines().stream().anyMatch(line -> line.contains("[" + second.name() + "]")));
            }
        }
    }

    private static AclBinding acl(TestTopic topic, String principal, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic.name(), PatternType.LITERAL),
                new AccessControlEntry(principal, "*", AclOperation.ALL, permission));
    }
}
