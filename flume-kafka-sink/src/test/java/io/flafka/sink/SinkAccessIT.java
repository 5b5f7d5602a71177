// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.AccessRules;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LiveThreads;
import io.flafka.testing.TestTopic;
import io.flafka.testing.WriteDenial;
import java.util.HashMap;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Sink.Status;
import org.apache.flume.conf.Configurables;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sink without a right: it says which, does not flood the brokers, and goes on when it has the right. */
@Timeout(120)
class SinkAccessIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("allow.everyone.if.no.acl.found", "true");

    private static final String USER = "user 'ANONYMOUS', which does not log in (PLAINTEXT)";

    private final TestTopic topic = KAFKA.topic();
    private final FaultyChannel channel = new FaultyChannel();
    private final SinkComponent sink = new SinkComponent();

    @BeforeEach
    void connect() {
        sink.setName("denied");
        sink.setChannel(channel);
    }

    @AfterEach
    void stop() {
        sink.stop();
        channel.stop();
    }

    /** The right is given by id, and the agent file has only the beginning of the id. */
    @Test
    void namesTheTransactionalIdThatItMayNotUse() throws Exception {
        String id = topic.name() + "-sink.agent.denied.0";
        AclBinding denial = new AclBinding(
                new ResourcePattern(ResourceType.TRANSACTIONAL_ID, id, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", AclOperation.WRITE, AclPermissionType.DENY));
        channel.add("a");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()))) {
            AccessRules.add(admin, denial);
            start(Map.of("kafka.producer.transactional.id", topic.name()));

            awaitFailure(USER + " may not use the transactional id " + id
                    + "; allow it (ACL operation Write on TransactionalId); operator action required; retrying");
            AccessRules.remove(admin, denial);
        }

        assertDelivers();
    }

    /** Without a producer id, Kafka's producer asks for one a thousand times a second, also if no event comes. */
    @Test
    void aSinkThatMayWriteNoTopicIsQuietAlsoIfItIsNotCalled() {
        WriteDenial denial = new WriteDenial(topic.bootstrapServers());
        try (denial) {
            start(Map.of());
            LiveThreads.assertNoneNamed("kafka-producer-network-thread");

            awaitFailure("KafkaSink denied: takes no events: " + USER
                    + " may write no topic at kafka.bootstrap.servers=" + topic.bootstrapServers()
                    + "; allow it the ACL operation Write on the topics that it writes");
        }
        channel.add("a");

        assertDelivers();
    }

    private void awaitFailure(String words) {
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(sink::process)
                        .isInstanceOf(DeliveryFailedException.class)
                        .hasMessageEndingWith(words));
    }

    private void assertDelivers() {
        Awaitility.await()
                .pollInSameThread()
                .ignoreException(DeliveryFailedException.class)
                .untilAsserted(() -> assertThat(sink.process()).isEqualTo(Status.READY));
        assertThat(topic.readToEnd())
                .singleElement()
                .satisfies(
                        record -> assertThat(new String(record.value(), UTF_8)).isEqualTo("a"));
    }

    private void start(Map<String, String> properties) {
        Map<String, String> all =
                new HashMap<>(Map.of("kafka.bootstrap.servers", topic.bootstrapServers(), "kafka.topic", topic.name()));
        all.putAll(properties);
        Configurables.configure(sink, new Context(all));
        sink.start();
    }
}
