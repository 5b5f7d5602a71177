// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static io.flafka.channel.RunningChannels.numbered;
import static io.flafka.channel.RunningChannels.numbers;
import static io.flafka.channel.RunningChannels.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.channel.read.CommitSchedule;
import io.flafka.testing.AccessRules;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LiveThreads;
import io.flafka.testing.LogLines;
import io.flafka.testing.TestTopic;
import io.flafka.testing.WriteDenial;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a channel that loses the permission to write or read its topic: no event is lost, and it continues when the permission is back. */
@Timeout(120)
class ChannelAccessIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("allow.everyone.if.no.acl.found", "true");

    private static final String HEARTBEATS =
            "org.apache.kafka.clients.consumer.internals.ConsumerHeartbeatRequestManager";

    private final RunningChannels channels = new RunningChannels();
    private final TestTopic topic = KAFKA.topic();
    private final TestTopic dead = KAFKA.topic();
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()));

    @BeforeEach
    void allowEveryone() throws Exception {
        // After the first ACL of a topic, only principals that an ACL allows can use it.
        AccessRules.add(admin, rule("User:*", AclOperation.ALL, AclPermissionType.ALLOW));
    }

    @AfterEach
    void stop() {
        channels.close();
        admin.close();
    }

    @Test
    void withoutToleranceAPutFailsUntilWritingIsAllowedAgain() throws Exception {
        ChannelComponent channel = channels.start("c1", topic, properties("none"));
        put(channel, numbered(0, 10));

        AclBinding denial = deny(AclOperation.WRITE);
        await().untilAsserted(() -> assertThatThrownBy(() -> put(channel, numbered(10, 10)))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("Not authorized to access topics: [" + topic.name() + "]")
                .hasMessageEndingWith(
                        "allow user 'ANONYMOUS', which does not log in (PLAINTEXT) the ACL operation Write on topic %s; nothing is"
                                + " wrong with the record: it is written as soon as that right is granted",
                        topic.name()));
        allow(denial);
        await().ignoreExceptionsInstanceOf(ChannelException.class).until(() -> {
            put(channel, numbered(20, 10));
            return true;
        });

        assertThat(values(topic))
                .startsWith(numbers(0, 10).toArray(String[]::new))
                .endsWith(numbers(20, 10).toArray(String[]::new));
        assertThat(dead.readToEnd()).isEmpty();
        assertThat(channel.metrics().group().number("BadRecordCount")).isZero();
    }

    @Test
    void withToleranceEventsGoToTheDeadLetterTopic() throws Exception {
        ChannelComponent channel = channels.start("c1", topic, properties("all"));
        deny(AclOperation.WRITE);

        try (LogLines log = new LogLines("io.flafka.badrecord.RefusedTopicReport")) {
            put(channel, numbered(0, 10));
            assertThat(log.lines())
                    .containsExactly(
                            ("ERROR KafkaChannel c1: may not write topic %s (TopicAuthorizationException: Not authorized"
                                            + " to access topics: [%1$s]; allow user 'ANONYMOUS', which does not log in (PLAINTEXT) the ACL"
                                            + " operation Write on topic %1$s), so such records are written to dead letter topic %s (1 so"
                                            + " far)")
                                    .formatted(topic.name(), dead.name()));
        }

        assertThat(values(dead)).containsExactlyInAnyOrderElementsOf(numbers(0, 10));
        assertThat(dead.readToEnd())
                .allSatisfy(letter -> assertThat(new String(
                                letter.headers()
                                        .lastHeader("__flume.errors.exception.class.name")
                                        .value(),
                                UTF_8))
                        .isEqualTo("org.apache.kafka.common.errors.TopicAuthorizationException"));
        assertThat(topic.readToEnd()).isEmpty();
        assertThat(channel.metrics().group().number("BadRecordCount")).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "all"})
    void takesFailUntilReadingIsAllowedAgain(String tolerance) throws Exception {
        ChannelComponent channel = channels.start("c1", topic, properties(tolerance));
        put(channel, numbered(0, 1));
        await().until(() -> take(channel), "0"::equals);

        AclBinding denial = deny(AclOperation.READ);
        await().untilAsserted(() -> assertThatThrownBy(() -> take(channel))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("Not authorized to access topics: [" + topic.name() + "]"));
        put(channel, numbered(1, 1));
        assertThatThrownBy(() -> take(channel)).isInstanceOf(ChannelException.class);
        allow(denial);

        await().ignoreExceptionsInstanceOf(ChannelException.class).until(() -> take(channel), "1"::equals);
        assertThat(dead.readToEnd()).isEmpty();
        assertThat(channel.metrics().group().number("BadRecordCount")).isZero();
    }

    /** With group.protocol=consumer, Kafka's client would send a heartbeat after every rejection: hundreds per second, each an ERROR in the log. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void readsATopicSoonAfterItIsAllowedAndDoesNotFloodTheLog(String protocol) throws Exception {
        Map<String, String> properties = properties("none");
        properties.put("kafka.consumer.group.protocol", protocol);
        properties.put("kafka.consumer.auto.offset.reset", "earliest");
        topic.send("a");
        AclBinding denial = deny(AclOperation.ALL);

        try (LogLines heartbeats = new LogLines(HEARTBEATS)) {
            ChannelComponent channel = channels.start("c1", topic, properties);
            await().untilAsserted(() -> assertThatThrownBy(() -> take(channel))
                    .isInstanceOf(ChannelException.class)
                    .hasMessageContaining("TopicAuthorizationException"));
            AtomicInteger before = new AtomicInteger(-1);
            await().during(Duration.ofSeconds(3))
                    .until(() -> before.getAndSet(heartbeats.lines().size())
                            == heartbeats.lines().size());

            allow(denial);
            await().ignoreExceptionsInstanceOf(ChannelException.class).until(() -> take(channel), "a"::equals);
        }
    }

    @Test
    void aCommitThatWaitsForItsOffsetsSucceedsEvenIfTheGroupMustNotCommit() throws Exception {
        Map<String, String> properties = properties("none");
        properties.put("kafka.commitIntervalMillis", "0");
        properties.put("kafka.consumer.group.id", topic.name());
        allowGroup();
        ChannelComponent channel = channels.start("c1", topic, properties);
        put(channel, numbered(0, 10));
        await().until(() -> take(channel), "0"::equals);
        assertThat(topic.committed(topic.name())).isEqualTo(Map.of(0, 1L));

        AclBinding denial = rule(ResourceType.GROUP, "User:ANONYMOUS", AclOperation.READ, AclPermissionType.DENY);
        try (LogLines log = new LogLines(CommitSchedule.class)) {
            AccessRules.add(admin, denial);
            for (int next = 1; next < 6; next++) {
                assertThat(take(channel)).isEqualTo(Integer.toString(next));
            }
            assertThat(channel.metrics().group().number("OffsetCommitFailCount"))
                    .isPositive();
            assertThat(channel.metrics().getEventTakeSuccessCount()).isEqualTo(6);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN KafkaChannel c1: its offset commit failed: ");
            allow(denial);

            await().ignoreExceptionsInstanceOf(ChannelException.class).until(() -> take(channel), "6"::equals);
            assertThat(topic.committed(topic.name())).isEqualTo(Map.of(0, 7L));
            assertThat(log.lines()).hasSize(2);
        }
    }

    /** Kafka's producer asks for a producer id as soon as it exists, and again after each refusal: a thousand times a second. */
    @Test
    void aChannelThatMayWriteNoTopicIsQuiet() {
        Map<String, String> properties = properties("none");
        properties.put("kafka.consumer.auto.offset.reset", "earliest");
        topic.send("a");
        ChannelComponent channel;
        WriteDenial denial = new WriteDenial(topic.bootstrapServers());
        try (denial;
                LogLines ids = new LogLines("org.apache.kafka.clients.producer.internals.TransactionManager")) {
            channel = channels.start("c1", topic, properties);
            await().until(() -> take(channel), "a"::equals);
            assertThat(ids.lines()).isEmpty();

            assertThatThrownBy(() -> put(channel, numbered(0, 1))).isInstanceOf(ChannelException.class);
            LiveThreads.assertNoneNamed("kafka-producer-network-thread");
            assertThatThrownBy(() -> put(channel, numbered(0, 1)))
                    .isInstanceOf(ChannelException.class)
                    .hasMessageContaining(
                            "cannot put events now: user 'ANONYMOUS', which does not log in (PLAINTEXT) may write no topic");
        }

        await().ignoreExceptionsInstanceOf(ChannelException.class).untilAsserted(() -> put(channel, numbered(0, 1)));
        await().until(() -> take(channel), "0"::equals);
    }

    private void allowGroup() throws Exception {
        AccessRules.add(admin, rule(ResourceType.GROUP, "User:*", AclOperation.ALL, AclPermissionType.ALLOW));
    }

    /** Returns the body of the next event, or an empty text if there is none. */
    private static String take(ChannelComponent channel) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            Event event = channel.take();
            transaction.commit();
            return event == null ? "" : new String(event.getBody(), UTF_8);
        } catch (ChannelException failed) {
            transaction.rollback();
            throw failed;
        } finally {
            transaction.close();
        }
    }

    private Map<String, String> properties(String tolerance) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "parseAsFlumeEvent", "false",
                "kafka.pollTimeout", "20",
                "errors.tolerance", tolerance));
        if (tolerance.equals("all")) {
            properties.put("errors.deadletterqueue.topic.name", dead.name());
        }
        return properties;
    }

    private AclBinding deny(AclOperation operation) throws Exception {
        AclBinding denial = rule("User:ANONYMOUS", operation, AclPermissionType.DENY);
        AccessRules.add(admin, denial);
        return denial;
    }

    private void allow(AclBinding denial) throws Exception {
        AccessRules.remove(admin, denial);
    }

    private AclBinding rule(String principal, AclOperation operation, AclPermissionType permission) {
        return rule(ResourceType.TOPIC, principal, operation, permission);
    }

    private AclBinding rule(ResourceType type, String principal, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(type, topic.name(), PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, permission));
    }

    private static List<String> values(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
