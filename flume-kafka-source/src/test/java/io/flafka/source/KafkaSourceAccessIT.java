// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AccessRules;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.util.HashMap;
import java.util.List;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source loses its permission to read the topic: no record is bad, so none is skipped, whatever {@code errors.tolerance} says. */
@Timeout(120)
class KafkaSourceAccessIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("allow.everyone.if.no.acl.found", "true");

    private static final int EVENTS = 500;

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final MemoryChannel channel = RunningSource.channel(10_000);

    @AfterEach
    void stopChannel() {
        channel.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "all"})
    void theSourceStallsAndResumesWhenReadingIsAllowedAgain(String tolerance) throws Exception {
        TestTopic topic = KAFKA.topic();
        NumberedEvents numbers = new NumberedEvents("e");
        List<String> first = numbers.next(EVENTS);
        List<String> second = numbers.next(EVENTS);
        AclBinding denial = acl(topic, "User:ANONYMOUS", AclOperation.READ, AclPermissionType.DENY);
        // If a topic has ACLs, a user that none of them names is denied.
        AclBinding everyone = acl(topic, "User:*", AclOperation.ALL, AclPermissionType.ALLOW);
        topic.send(first.toArray(String[]::new));
        Map<String, String> properties =
                new HashMap<>(Map.of("kafka.topics", topic.name(), "errors.tolerance", tolerance));

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()));
                LogLines log = new LogLines(StallReport.class);
                RunningSource running = RunningSource.start(name, channel, topic.bootstrapServers(), properties)) {
            assertThat(RunningSource.bodies(running.take(EVENTS))).isEqualTo(first);
            AccessRules.add(admin, denial, everyone);
            awaitMoreFailures(running);
            topic.send(second.toArray(String[]::new));
            awaitMoreFailures(running);

            assertThat(RunningSource.takeAvailable(channel)).isEmpty();
            assertThat(running.counter("BadRecordCount")).isZero();
            assertThat(log.lines()).containsExactly(denied(topic.name()));

            AccessRules.remove(admin, denial);
            assertThat(RunningSource.bodies(running.take(EVENTS))).isEqualTo(second);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(log.lines()).last().isEqualTo("INFO KafkaSource " + name + ": resumed"));
        }
        assertThat(RunningSource.takeAvailable(channel)).isEmpty();
        assertThat(topic.committed("group-" + name)).isEqualTo(topic.endOffsets());
    }

    private String denied(String topic) {
        return ("ERROR KafkaSource %s: cannot read: TopicAuthorizationException: Not authorized to access topics: [%s]; allow user"
                        + " 'ANONYMOUS', which does not log in (PLAINTEXT) the ACL operation Read on topic %2$s; operator action"
                        + " required; retrying")
                .formatted(name, topic);
    }

    private static void awaitMoreFailures(RunningSource running) {
        long before = running.counter("GenericProcessingFail");
        Awaitility.await().until(() -> running.counter("GenericProcessingFail") > before + 3);
    }

    private static AclBinding acl(
            TestTopic topic, String principal, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic.name(), PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, permission));
    }
}
